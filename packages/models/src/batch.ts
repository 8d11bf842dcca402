import type { ModelConfig } from "./config";

/** Token sequences of one length, and where their answers are read. */
export interface TokenBatch {
  /** Token ids, sequence after sequence, [size · length]. */
  tokens: Int32Array;
  /** Sequences. */
  size: number;
  /** Tokens per sequence; an MLP's slots. */
  length: number;
  /** Positions whose state gives logits, ascending; an MLP does not look at them. */
  reads: readonly number[];
}

/** Rows of logits that a network gives for a batch. */
export function answerCount(config: ModelConfig, batch: TokenBatch): number {
  return config.kind === "mlp" ? batch.size : batch.size * batch.reads.length;
}

/**
 * Checks that a network can take a batch.
 *
 * @throws RangeError for a length, read position or token that does not fit
 */
export function checkBatch(config: ModelConfig, { tokens, size, length, reads }: TokenBatch): void {
  if (!(size > 0) || tokens.length !== size * length) {
    throw new RangeError(
      `a batch of ${size} sequences of ${length} tokens cannot have ${tokens.length} tokens`,
    );
  }
  const { vocabulary } = config;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as number;
    if (token < 0 || token >= vocabulary) {
      throw new RangeError(
        `token ${token} at position ${i % length} of sequence ${Math.floor(i / length)}: allowed are 0 … ${vocabulary - 1}`,
      );
    }
  }
  if (config.kind === "mlp") {
    if (length !== config.slots) {
      throw new RangeError(`sequences of ${length} tokens do not fit an MLP of ${config.slots}`);
    }
    return;
  }
  if (length > config.context) {
    throw new RangeError(
      `sequences of ${length} tokens are longer than the context ${config.context}`,
    );
  }
  const ascending = reads.every((read, i) => i === 0 || read > (reads[i - 1] as number));
  const inside = reads.every((read) => Number.isInteger(read) && read >= 0 && read < length);
  if (reads.length === 0 || !ascending || !inside) {
    throw new RangeError(
      `reads [${reads}] must be at least one position, ascending, each in 0 … ${length - 1}`,
    );
  }
}
