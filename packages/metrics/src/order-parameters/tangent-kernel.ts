import { valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { type Matrix, zeroMatrix } from "../matrix/matrix";

/** Settings of {@link tangentKernel}. */
export interface TangentKernelOptions {
  /**
   * How many numbers of gradients are held at once; default 64 Mi (256 MiB). With fewer than all
   * examples need, gradients are computed again for each pair of blocks.
   */
  maxFloats?: number;
}

/**
 * The empirical neural tangent kernel of any network: the inner products of the gradients of an
 * output by all parameters, one gradient per example.
 *
 *     K_ij = Σ_θ ∂f(x_i)/∂θ · ∂f(x_j)/∂θ
 *
 * For an MLP `mlpTangentKernel` gives the same much faster.
 *
 * @param parameters by name; they are only read
 * @param outputOf the output for an example, a scalar, computed by operations that have gradients
 * @param count how many examples there are
 * @returns [n, n], from products in float32
 * @throws RangeError if there is no example or parameter, or a gradient is not finite
 *
 * @example
 * const kernel = await tangentKernel(parameters, (i) => tf.sum(logitsOf(i)), 100);
 */
export async function tangentKernel(
  parameters: Record<string, tf.Tensor>,
  outputOf: (example: number) => tf.Scalar,
  count: number,
  { maxFloats = 64 * 2 ** 20 }: TangentKernelOptions = {},
): Promise<Matrix> {
  const size = Object.values(parameters).reduce((total, { size }) => total + size, 0);
  if (!Number.isSafeInteger(count) || count < 1 || size === 0) {
    throw new RangeError(
      `a tangent kernel needs examples and parameters, not ${count} and ${size}`,
    );
  }
  const rows = Math.max(1, Math.min(count, Math.floor(maxFloats / size)));
  const kernel = zeroMatrix(count, count);
  for (let top = 0; top < count; top += rows) {
    const above = jacobian(parameters, outputOf, top, Math.min(rows, count - top));
    try {
      for (let left = top; left < count; left += rows) {
        const products = tf.tidy(() => {
          const beside =
            left === top
              ? above
              : jacobian(parameters, outputOf, left, Math.min(rows, count - left));
          return tf.matMul(above, beside, false, true); // [rows, rows]
        });
        write(kernel, await products.data(), top, left, products.shape as [number, number]);
        products.dispose();
      }
    } finally {
      above.dispose();
    }
  }
  return kernel;
}

/** The gradients of some examples as rows, [rows, parameters]. */
function jacobian(
  parameters: Record<string, tf.Tensor>,
  outputOf: (example: number) => tf.Scalar,
  first: number,
  rows: number,
): tf.Tensor2D {
  return tf.tidy(() =>
    tf.stack(
      Array.from({ length: rows }, (_, i) =>
        tf.tidy(() => {
          const { value, gradients } = valueAndGradients(
            parameters,
            () => ({ loss: outputOf(first + i) }),
            { allowUnused: true },
          );
          value.loss.dispose();
          return tf.concat(
            Object.keys(parameters).map((name) => tf.reshape(gradients[name] as tf.Tensor, [-1])),
          ); // [parameters]
        }),
      ),
    ),
  ) as tf.Tensor2D;
}

function write(
  kernel: Matrix,
  products: ArrayLike<number>,
  top: number,
  left: number,
  [rows, columns]: [number, number],
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = products[i * columns + j] as number;
      if (!Number.isFinite(value)) {
        throw new RangeError(
          `the tangent kernel of examples ${top + i} and ${left + j} is ${value}`,
        );
      }
      kernel.values[(top + i) * kernel.rows + left + j] = value;
      kernel.values[(left + j) * kernel.rows + top + i] = value;
    }
  }
}
