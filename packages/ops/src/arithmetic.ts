import * as tf from "@tensorflow/tfjs-core";

/**
 * How tfjs's current backend adds products up: `fused`, with one rounding, or `rounded`, with two. It depends on the
 * build of the kernels and on the processor, and decides the last bits of everything.
 */
export async function arithmetic(): Promise<string> {
  const a = 1 + 2 ** -12;
  // a² − (1 + 2⁻¹¹) is 2⁻²⁴, which a product that is rounded first does not have any more. Several
  // rows and columns, so that the kernels take the way that large matrices go.
  const [rows, columns] = [16, 32];
  const x = Array.from({ length: rows }, () => [-(1 + 2 ** -11), a]);
  const y = [Array(columns).fill(1), Array(columns).fill(a)];
  const product = tf.tidy(() => tf.matMul(tf.tensor2d(x), tf.tensor2d(y))); // [rows, columns]
  const values = await product.data();
  product.dispose();
  return values.some((value) => value !== 0) ? "fused" : "rounded";
}
