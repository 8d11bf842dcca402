import * as tf from "@tensorflow/tfjs-core";
import { globalNormReference } from "../global-norm/global-norm";
import type { NamedTensors } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** Settings of {@link clipByGlobalNorm}. */
export interface ClipByGlobalNormAttributes {
  /** The largest norm that the result may have, above 0. */
  maxNorm: number;
}

const clipOperation = defineOperation<NamedTensors, ClipByGlobalNormAttributes>({
  name: "GrokClipByGlobalNorm",
  reference: (inputs, { maxNorm }) => {
    const tensors = Object.values(inputs);
    const norm = globalNormReference(tensors); // []
    const factor = tf.div(maxNorm, tf.maximum(norm, maxNorm)); // []
    return tensors.map((tensor) => tf.mul(tensor, factor));
  },
});

/**
 * Scales tensors down together where their common norm is too large (Pascanu et al. 2013):
 *
 *     factor = maxNorm / max(√ΣΣx², maxNorm)
 *     y      = factor·x
 *
 * As in optax, tensors within the norm pass unchanged and others get exactly the norm;
 * torch.nn.utils.clip_grad_norm_ divides by the norm + 1e-6 instead. Where an element is NaN or
 * infinite, some of the result is NaN.
 *
 * Kernel `GrokClipByGlobalNorm`: inputs `"0"`, `"1"`, …, as many outputs in their order.
 *
 * @param tensors of any shapes; they are only read
 * @returns new tensors of those shapes, without gradients
 */
export function clipByGlobalNorm(
  tensors: tf.Tensor[],
  attributes: ClipByGlobalNormAttributes,
): tf.Tensor[] {
  return tensors.length === 0
    ? []
    : clipOperation(Object.fromEntries(tensors.entries()), attributes);
}
