import * as tf from "@tensorflow/tfjs-core";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** Settings of {@link layerNorm}. */
export interface LayerNormOptions {
  /** Added to the variance; default 1e-5, as in PyTorch. */
  eps?: number;
}

function normalise(x: tf.Tensor, eps: number): { normalised: tf.Tensor; inverse: tf.Tensor } {
  const centred = tf.sub(x, tf.mean(x, 1, true)); // [n, d]
  const variance = tf.mean(tf.square(centred), 1, true); // [n, 1]
  const inverse = tf.rsqrt(tf.add(variance, eps)); // [n, 1]
  return { normalised: tf.mul(centred, inverse), inverse };
}

/** The kernels of {@link layerNorm}. */
export interface LayerNormKernels<T = tf.Tensor> {
  GrokLayerNorm: KernelContract<{ x: T; gain: T; bias?: T | undefined }, { eps: number }>;
  GrokLayerNormGrad: KernelContract<{ x: T; gain: T; dy: T }, { eps: number; hasBias: boolean }>;
}

const layerNormGradient = defineOperation<LayerNormKernels["GrokLayerNormGrad"]>({
  name: "GrokLayerNormGrad",
  reference: ({ x, gain, dy }, { eps, hasBias }) => {
    const { normalised, inverse } = normalise(x, eps);
    const dNormalised = tf.mul(dy, gain); // [n, d]
    const mean = tf.mean(dNormalised, 1, true); // [n, 1]
    const projection = tf.mean(tf.mul(dNormalised, normalised), 1, true); // [n, 1]
    const dx = tf.mul(tf.sub(tf.sub(dNormalised, mean), tf.mul(normalised, projection)), inverse); // [n, d]
    const dGain = tf.sum(tf.mul(dy, normalised), 0); // [d]
    return hasBias ? [dx, dGain, tf.sum(dy, 0)] : [dx, dGain];
  },
});

const layerNormOperation = defineOperation<LayerNormKernels["GrokLayerNorm"]>({
  name: "GrokLayerNorm",
  reference: ({ x, gain, bias }, { eps }) => {
    const scaled = tf.mul(normalise(x, eps).normalised, gain); // [n, d]
    return [bias === undefined ? scaled : tf.add(scaled, bias)];
  },
  saves: { inputs: ["x", "gain"], outputs: [] },
  gradient: ([dy], { inputs: { x, gain }, has }, { eps }) => {
    const [dx, dGain, dBias] = layerNormGradient(
      { x, gain, dy: dy as tf.Tensor },
      { eps, hasBias: has("bias") },
    );
    return { x: dx, gain: dGain, bias: dBias };
  },
});

/**
 * Layer normalisation of each row: (x − mean(x))/√(var(x) + eps)·gain + bias (Ba et al. 2016), with
 * the biased variance.
 *
 * @param x [n, d]
 * @param gain [d]
 * @param bias [d], or undefined for none
 * @returns [n, d]
 * @throws RangeError if the shapes do not fit
 */
export function layerNorm(
  x: tf.Tensor,
  gain: tf.Tensor,
  bias?: tf.Tensor,
  { eps = 1e-5 }: LayerNormOptions = {},
): tf.Tensor2D {
  if (x.rank !== 2 || gain.shape[0] !== x.shape[1] || (bias && bias.shape[0] !== x.shape[1])) {
    throw new RangeError(
      `layerNorm: x [${x.shape}], gain [${gain.shape}] and bias [${bias?.shape ?? ""}] do not fit: they are [n, d], [d] and [d]`,
    );
  }
  return layerNormOperation({ x, gain, bias }, { eps })[0] as tf.Tensor2D;
}
