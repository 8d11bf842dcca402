import * as tf from "@tensorflow/tfjs-core";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** Settings of {@link rmsNorm}. */
export interface RmsNormOptions {
  /** Added to the mean square; default 1e-5, as in MLX. */
  eps?: number;
}

function inverseRms(x: tf.Tensor, eps: number): tf.Tensor {
  return tf.rsqrt(tf.add(tf.mean(tf.square(x), 1, true), eps)); // [n, 1]
}

/** The kernels of {@link rmsNorm}. */
export interface RmsNormKernels<T = tf.Tensor> {
  GrokRmsNorm: KernelContract<{ x: T; gain: T }, { eps: number }>;
  GrokRmsNormGrad: KernelContract<{ x: T; gain: T; dy: T }, { eps: number }>;
}

const rmsNormGradient = defineOperation<RmsNormKernels["GrokRmsNormGrad"]>({
  name: "GrokRmsNormGrad",
  reference: ({ x, gain, dy }, { eps }) => {
    const inverse = inverseRms(x, eps); // [n, 1]
    const normalised = tf.mul(x, inverse); // [n, d]
    const dNormalised = tf.mul(dy, gain); // [n, d]
    const projection = tf.mean(tf.mul(dNormalised, normalised), 1, true); // [n, 1]
    const dx = tf.mul(tf.sub(dNormalised, tf.mul(normalised, projection)), inverse); // [n, d]
    return [dx, tf.sum(tf.mul(dy, normalised), 0)];
  },
});

const rmsNormOperation = defineOperation<RmsNormKernels["GrokRmsNorm"]>({
  name: "GrokRmsNorm",
  reference: ({ x, gain }, { eps }) => [tf.mul(tf.mul(x, inverseRms(x, eps)), gain)],
  saves: { outputs: [] },
  gradient: ([dy], { inputs }, attributes) => {
    const [dx, dGain] = rmsNormGradient({ ...inputs, dy: dy as tf.Tensor }, attributes);
    return { x: dx, gain: dGain };
  },
});

/**
 * Root-mean-square normalisation of each row: x/√(mean(x²) + eps)·gain (Zhang & Sennrich 2019).
 *
 * @param x [n, d]
 * @param gain [d]
 * @returns [n, d]
 * @throws RangeError if the shapes do not fit
 */
export function rmsNorm(
  x: tf.Tensor,
  gain: tf.Tensor,
  { eps = 1e-5 }: RmsNormOptions = {},
): tf.Tensor2D {
  if (x.rank !== 2 || gain.shape[0] !== x.shape[1]) {
    throw new RangeError(
      `rmsNorm: x [${x.shape}] and gain [${gain.shape}] do not fit: they are [n, d] and [d]`,
    );
  }
  return rmsNormOperation({ x, gain }, { eps })[0] as tf.Tensor2D;
}
