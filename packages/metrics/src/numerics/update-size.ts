import { addScaled, globalNorm } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";

/** How far parameters have moved. */
export interface UpdateSize {
  /** ‖θ′ − θ‖ over all parameters as one vector. */
  readonly norm: number;
  /** ‖θ′ − θ‖ / ‖θ‖; infinite from a start at 0. */
  readonly relative: number;
}

type Parameters = Readonly<Record<string, tf.Tensor>>;

/**
 * The size of an update, or of all updates between two checkpoints.
 *
 * @param before θ, by name; only read
 * @param after θ′, with the same names and shapes; only read
 * @throws RangeError if names or shapes do not match, or a number is not finite
 */
export async function updateSize(before: Parameters, after: Parameters): Promise<UpdateSize> {
  const [from, to] = pair(before, after, "before and after");
  const norms = tf.tidy(() =>
    tf.stack([globalNorm(addScaled(to, from, { factor: -1 })), globalNorm(from)]),
  );
  const [norm, size] = (await norms.data()) as Float32Array;
  norms.dispose();
  checkFinite([norm as number, size as number], "before and after");
  return { norm: norm as number, relative: (norm as number) / (size as number) };
}

/** A gradient beside the weights that it belongs to. */
export interface GradientSize {
  /** ‖g‖ over all parameters as one vector. */
  readonly norm: number;
  /**
   * cos of the angle between −g and the weights. Near 1 the loss falls by growing the weights only,
   * without changing an answer: the naive loss minimisation of Prieto et al. 2025. NaN for g = 0.
   */
  readonly growth: number;
}

/**
 * The size of a gradient, and how much of it only scales the weights.
 *
 * @param parameters by name; only read
 * @param gradients with the same names and shapes; only read
 * @throws RangeError if names or shapes do not match, or a number is not finite
 */
export async function gradientSize(
  parameters: Parameters,
  gradients: Parameters,
): Promise<GradientSize> {
  const [weights, slopes] = pair(parameters, gradients, "parameters and gradients");
  const values = tf.tidy(() =>
    tf.stack([
      globalNorm(slopes),
      globalNorm(weights),
      tf.addN(weights.map((weight, i) => tf.sum(tf.mul(weight, slopes[i] as tf.Tensor)))),
    ]),
  );
  const [norm, size, product] = (await values.data()) as unknown as [number, number, number];
  values.dispose();
  checkFinite([norm, size], "parameters and gradients");
  return { norm, growth: -product / (norm * size) };
}

function pair(a: Parameters, b: Parameters, what: string): [tf.Tensor[], tf.Tensor[]] {
  const names = Object.keys(a);
  const missing = names.find((name) => b[name] === undefined);
  const extra = Object.keys(b).find((name) => a[name] === undefined);
  if (names.length === 0 || missing !== undefined || extra !== undefined) {
    throw new RangeError(
      `${what} must have the same names: ${missing ?? extra ?? "none"} is not in both`,
    );
  }
  const unlike = names.find((name) => String(a[name]?.shape) !== String(b[name]?.shape));
  if (unlike !== undefined) {
    throw new RangeError(
      `${what} must have the same shapes: ${unlike} is [${a[unlike]?.shape}] and [${b[unlike]?.shape}]`,
    );
  }
  return [Object.values(a), names.map((name) => b[name] as tf.Tensor)];
}

function checkFinite(lengths: readonly number[], what: string): void {
  const wrong = lengths.find((length) => !Number.isFinite(length));
  if (wrong !== undefined) {
    throw new RangeError(`${what} must be finite, and one of them has the length ${wrong}`);
  }
}
