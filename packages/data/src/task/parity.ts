import { lastOf } from "../pieces";
import { randomStream } from "../random/stream";
import { drawingSubset } from "../random/subset";
import { requireInteger } from "../requirement";
import { batchOf, featureShape, tokenShape } from "./batch-of";
import type { Batch, Dataset, FiniteTask, TaskShape } from "./task";

/** Sparse parity; see {@link parityTask}. */
export interface ParityTask extends FiniteTask {
  /** The places of the bits whose parity is the answer, ascending. */
  readonly relevantBits: readonly number[];
}

/** What {@link parityTask} takes. */
export interface ParityTaskOptions {
  /** Bits of an example, 1 to 52; 40 by default (Merrill et al. 2023, arXiv 2303.11873). */
  bits?: number;
  /** How many bits the answer depends on; 3 by default (ibid.). */
  relevant?: number;
  /** How many different examples; 1,100 by default: 1,000 to train on (ibid.) and 100 more. */
  samples?: number;
  /** Decides the relevant bits and the examples; 0 by default. */
  seed?: number;
  /**
   * `bits` (default): a token per bit, its id the bit, for a transformer. `one-hot`: bit value v at
   * place i is id 2i + v, the place of the one in a row of one-hot pairs, for an MLP. `signs`: a real
   * number per bit, −1 for 0 and 1 for 1, as the sources' own MLPs take them.
   */
  layout?: "bits" | "one-hot" | "signs";
}

/**
 * Sparse parity: the answer to `bits` random bits is the parity of `relevant` of them, which ones
 * being decided by the seed and the same for all examples.
 *
 * The examples are a uniform random subset of the 2^bits, so none occurs twice and validation
 * examples are not in training. Of tokens the answer is read at the last position. Chance is ½.
 *
 * @throws RangeError if there are more relevant bits than bits, more samples than 2^bits, or
 * another option is out of bounds
 */
export function parityTask({
  bits = 40,
  relevant = 3,
  samples = 1_100,
  seed = 0,
  layout = "bits",
}: ParityTaskOptions = {}): ParityTask {
  requireInteger("The number of bits", bits, 1, 52);
  requireInteger(`The number of relevant bits among ${bits}`, relevant, 1, bits);
  requireInteger(`The number of samples of ${bits} bits`, samples, 1, Math.min(2 ** bits, 2 ** 24));
  if (!["bits", "one-hot", "signs"].includes(layout)) {
    throw new RangeError(
      `Unknown layout "${String(layout)}": sparse parity has bits, one-hot and signs.`,
    );
  }
  const relevantBits = [...randomStream(seed, "parity/relevant").permutation(bits)]
    .slice(0, relevant)
    .sort((x, y) => x - y);
  const oneHot = layout === "one-hot";
  const areSigns = layout === "signs";
  const shape: TaskShape = areSigns
    ? featureShape({ features: bits, classes: 2 })
    : tokenShape({
        vocabulary: oneHot ? 2 * bits : 2,
        classes: 2,
        length: bits,
        answerPositions: [bits - 1],
      });
  const drawing = () => drawingSubset(randomStream(seed, "parity/samples"), 2 ** bits, samples);
  /** The examples as numbers, whose lowest bit is the first. */
  let words: Float64Array | undefined;
  const wordsOf = (): Float64Array => {
    words ??= lastOf(drawing());
    return words;
  };
  const written = (size: number, wordAt: (i: number) => number): Batch => {
    const tokens = new Int32Array(size * bits); // [size, bits]
    const labels = new Int32Array(size); // [size, 1]
    for (let i = 0; i < size; i++) {
      const row = tokens.subarray(i * bits, (i + 1) * bits);
      let rest = wordAt(i);
      for (let place = 0; place < bits; place++) {
        const bit = rest % 2;
        row[place] = bit;
        rest = (rest - bit) / 2;
      }
      let parity = 0;
      for (const place of relevantBits) parity ^= row[place] as number;
      labels[i] = parity;
      if (oneHot) row.set(row.map((value, place) => 2 * place + value));
    }
    if (!areSigns) return batchOf({ tokens, labels, size });
    return batchOf({ features: Float32Array.from(tokens, (bit) => 2 * bit - 1), labels, size });
  };
  return {
    kind: "finite",
    name: `parity of ${relevant} among ${bits} bits`,
    chance: 0.5,
    ...shape,
    relevantBits,
    source: {
      size: samples,
      examples: (places) => written(places.length, (i) => wordsOf()[places[i] as number] as number),
      *prepare() {
        words ??= yield* drawing();
      },
    },
    dataset: (): Dataset => ({
      ...shape,
      ...written(samples, (i) => wordsOf()[i] as number),
    }),
  };
}
