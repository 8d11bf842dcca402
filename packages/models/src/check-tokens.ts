import type { TokenBatch } from "./batch";

/** Throws a RangeError unless there are as many tokens as sequences have, each in the vocabulary. */
export function checkTokens({ tokens, size, length }: TokenBatch, vocabulary: number): void {
  if (!(size > 0) || tokens.length !== size * length) {
    throw new RangeError(
      `a batch of ${size} sequences of ${length} tokens cannot have ${tokens.length} tokens`,
    );
  }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as number;
    if (token < 0 || token >= vocabulary) {
      throw new RangeError(
        `token ${token} at position ${i % length} of sequence ${Math.floor(i / length)}: allowed are 0 … ${vocabulary - 1}`,
      );
    }
  }
}
