import * as tf from "@tensorflow/tfjs-core";
import type { NamedTensors } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** Below this share of the gradient's length, what is left of it is rounding. */
const negligible = 1e-6;

function orthogonal(parameter: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
  const squared = tf.add(tf.sum(tf.square(parameter)), 1e-30); // []
  const along = tf.div(tf.sum(tf.mul(parameter, gradient)), squared); // []
  const rest = tf.sub(gradient, tf.mul(parameter, along));
  const length = tf.sqrt(tf.sum(tf.square(gradient))); // []
  const restLength = tf.sqrt(tf.sum(tf.square(rest))); // []
  // Written so that NaN is not taken for negligible.
  const none = tf.lessEqual(restLength, tf.mul(length, negligible)); // []
  const factor = tf.where(none, tf.zerosLike(length), tf.div(length, restLength)); // []
  return tf.mul(rest, factor);
}

const orthogonalOperation = defineOperation<NamedTensors, object>({
  name: "GrokOrthogonalGradient",
  reference: (inputs) => {
    const tensors = Object.values(inputs);
    return tensors.flatMap((tensor, i) =>
      i % 2 === 0 ? [orthogonal(tensor, tensors[i + 1] as tf.Tensor)] : [],
    );
  },
});

/**
 * ⊥Grad (Prieto et al. 2025, "Grokking at the Edge of Numerical Stability"): what of each gradient
 * does not only change its parameter's length, at the gradient's own length. Per tensor,
 *
 *     rest   = g − (w·g / (w·w + 1e-30))·w
 *     result = rest·‖g‖/‖rest‖,   or 0 where ‖rest‖ ≤ 1e-6·‖g‖
 *
 * The paper's code has no such limit and blows rounding up to full length where g is parallel to w,
 * as it always is in a tensor of one element. A parameter that is all zero leaves g as it is.
 *
 * Kernel `GrokOrthogonalGradient`: inputs w₀, g₀, w₁, g₁, … as `"0"`, `"1"`, …; one output per pair.
 *
 * @param parameters of any shapes; they are only read
 * @param gradients of the same shapes in the same order; they are only read
 * @returns new tensors of those shapes, without gradients
 * @throws RangeError if the lists do not have the same length
 */
export function orthogonalGradient(parameters: tf.Tensor[], gradients: tf.Tensor[]): tf.Tensor[] {
  if (parameters.length !== gradients.length) {
    throw new RangeError(
      `orthogonalGradient: ${parameters.length} parameters and ${gradients.length} gradients do not pair`,
    );
  }
  if (parameters.length === 0) return [];
  const pairs = parameters.flatMap((w, i) => [w, gradients[i] as tf.Tensor]);
  return orthogonalOperation(Object.fromEntries(pairs.entries()), {});
}
