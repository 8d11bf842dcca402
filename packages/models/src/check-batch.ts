import type { TokenBatch } from "./batch";
import type { ModelConfig } from "./config";
import { networkOf } from "./network/network-of";

/** Rows of logits that a network gives for a batch. */
export function answerCount(config: ModelConfig, batch: TokenBatch): number {
  return networkOf(config).answerCount(batch);
}

/**
 * Checks that a network can take a batch.
 *
 * @throws RangeError for a length, answer position or token that does not fit
 */
export function checkBatch(config: ModelConfig, batch: TokenBatch): void {
  networkOf(config).checkBatch(batch);
}
