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

/** Throws a RangeError unless there are as many finite features as examples need. */
export function checkFeatures({ features, size }: TokenBatch, width: number): void {
  if (!(size > 0) || features?.length !== size * width) {
    throw new RangeError(
      `a batch of ${size} examples of ${width} features cannot have ${features?.length ?? 0} numbers`,
    );
  }
  const wrong = features.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new RangeError(
      `feature ${wrong % width} of example ${Math.floor(wrong / width)} is ${features[wrong]}: it must be finite`,
    );
  }
}
