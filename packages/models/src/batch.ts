import type { ModelConfig } from "./config";
import { networkOf } from "./network/network-of";

/** Token sequences of one length, and where their answers are read. */
export interface TokenBatch {
  /** Token ids, sequence after sequence, [size · length]. */
  tokens: Int32Array;
  /** Real-valued inputs, [size · features], of an MLP that takes them; then there are no tokens. */
  features?: Float32Array;
  /** Sequences. */
  size: number;
  /** Tokens per sequence; an MLP's slots. */
  length: number;
  /** Positions whose state gives logits, ascending; an MLP does not look at them. */
  answerPositions: readonly number[];
}

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
