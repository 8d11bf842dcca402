import type * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "./batch";
import { networkOf } from "./network/network-of";
import type { Parameters } from "./parameters/draw";
import type { TransformerConfig } from "./transformer/config";

/**
 * How much each position attends to each, in every layer and head.
 *
 * @returns per layer [size, heads, length, length]: sequence, head, from, to; 0 above the diagonal
 * @throws RangeError if the batch does not fit the network
 */
export function attentionPatterns(
  config: TransformerConfig,
  parameters: Parameters,
  batch: TokenBatch,
): tf.Tensor4D[] {
  return networkOf(config).attention?.(parameters, batch) ?? [];
}
