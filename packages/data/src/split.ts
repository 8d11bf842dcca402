import { lastOf } from "./pieces";
import { randomStream } from "./random/stream";
import { requireInteger } from "./requirement";

/** Which examples are trained on and which validated on; both in shuffled order. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * How many of `size` examples are trained on: ⌊fraction · size⌋, as mlx-grokking, ChanceSiyuan/grokking
 * and Nanda et al. have it (openai/grok rounds to the nearest instead). The product is that of doubles.
 *
 * @throws RangeError if the fraction is not inside (0, 1), or leaves none for training
 */
export function trainSize(size: number, fraction: number | undefined): number {
  requireInteger("The number of examples to split", size, 2);
  if (fraction === undefined || !(fraction > 0 && fraction < 1)) {
    throw new RangeError(
      `The train fraction must be greater than 0 and less than 1, not ${String(fraction)}.`,
    );
  }
  const train = Math.floor(fraction * size);
  if (train === 0) {
    throw new RangeError(
      `A train fraction of ${fraction} of ${size} examples leaves none for training.`,
    );
  }
  return train;
}

/**
 * Splits 0 … size−1 at random into training and validation: a pure function of its arguments. With
 * the same seed, a larger fraction contains the training examples of a smaller one.
 *
 * @throws RangeError as {@link trainSize}
 */
export function split(size: number, fraction: number | undefined, seed: number): Split {
  return lastOf(splitting(size, fraction, seed));
}

/** {@link split} piece by piece, so that something else can be done between. */
export function* splitting(
  size: number,
  fraction: number | undefined,
  seed: number,
): Generator<void, Split, void> {
  const train = trainSize(size, fraction);
  const order = yield* randomStream(seed, "split").permuting(size);
  return { train: order.subarray(0, train), validation: order.subarray(train) };
}
