import { randomStream } from "../random/stream";
import type { Batch } from "../task/task";

/** Which labels of a training set are noise. */
export interface LabelNoise {
  /** 1 for each example whose label was replaced, [size]. */
  readonly rows: Uint8Array;
  /** The labels before that, [size, answerPositions]. */
  readonly truth: Int32Array;
}

/**
 * Replaces the labels of ⌊fraction · size⌋ examples, a pure function of its arguments: which ones is
 * decided by the seed, and a larger fraction has the noisy examples of a smaller one. A new label is
 * drawn uniformly from the others that occur in the set. Of several answers of an example the first is
 * replaced.
 *
 * @returns the examples with noise, and which they are
 * @throws RangeError if the fraction is not in [0, 1), or the set has no labels or one label only
 */
export function withLabelNoise(
  examples: Batch,
  fraction: number,
  seed: number,
): { examples: Batch; noise: LabelNoise } {
  const { labels: truth, size } = examples;
  if (!(fraction >= 0 && fraction < 1)) {
    throw new RangeError(`The label noise must be at least 0 and less than 1, not ${fraction}.`);
  }
  if (truth.length === 0) {
    throw new RangeError("Label noise needs labels: the answers of this task are values.");
  }
  const width = truth.length / size;
  const firsts = Array.from({ length: size }, (_, i) => truth[i * width] as number);
  const choices = [...new Set(firsts)].sort((a, b) => a - b);
  if (choices.length < 2) {
    throw new RangeError("Label noise needs at least two different labels in the training set.");
  }
  const rows = new Uint8Array(size);
  const labels = truth.slice();
  const random = randomStream(seed, "label-noise");
  const noisy = random.permutation(size).slice(0, Math.floor(fraction * size));
  for (const row of noisy) {
    const place = choices.indexOf(labels[row * width] as number);
    const drawn = random.integer(choices.length - 1);
    labels[row * width] = choices[drawn < place ? drawn : drawn + 1] as number;
    rows[row] = 1;
  }
  return { examples: { ...examples, labels }, noise: { rows, truth } };
}
