import type { MlpConfig } from "@grok/models";
import * as tf from "@tensorflow/tfjs";
import { lookUp } from "./lookup.ts";

/** Logits of an MLP on embeddings, [size, classes]; `ids` is int32 [size, slots]. */
export function mlpLogits(
  { input, depth, slots, activation, alpha }: MlpConfig,
  variables: Record<string, tf.Tensor>,
  ids: tf.Tensor,
): tf.Tensor2D {
  if (input.kind !== "embedding" || activation !== "relu" || alpha !== 0) {
    throw new RangeError("of the MLPs only the one on embeddings, with relu, is written here");
  }
  let x = tf.reshape(lookUp(variables["embedding"] as tf.Tensor2D, ids), [-1, slots * input.width]);
  for (let layer = 0; layer < depth; layer++) {
    const weight = variables[`layers.${layer}.weight`] as tf.Tensor2D;
    x = tf.add(tf.matMul(x as tf.Tensor2D, weight), variables[`layers.${layer}.bias`] as tf.Tensor);
    if (layer < depth - 1) x = tf.relu(x); // [size, width]
  }
  return x as tf.Tensor2D;
}
