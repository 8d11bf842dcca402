import * as tf from "@tensorflow/tfjs-core";

/** How a network did on a set of examples. */
export interface Score {
  /** Mean loss; of cross-entropy in nats. NaN for no examples. */
  loss: number;
  /** Share of the examples answered right, correct / examples. NaN for no examples, and of answers that are values. */
  accuracy: number;
  /** How many were answered right; NaN of answers that are values. */
  correct: number;
  examples: number;
}

/**
 * Adds up losses and right answers over batches of any sizes. They stay on the device until they are
 * read, all at once, and are summed in double precision: counts are exact, and the mean loss is that
 * of all examples, not of the batches.
 */
export class Tally {
  #scalars: tf.Scalar[] = [];
  #sizes: number[] = [];

  /**
   * Takes a batch in.
   *
   * @param outcome mean loss over the batch's examples and the number of right ones, as
   *   `softmaxCrossEntropy` of @grok/ops gives them, null if answers are values; the tally disposes of
   *   them, and they outlive tidy scopes until then
   * @param examples how many the batch has
   * @throws RangeError if `examples` is not a whole number from 1
   */
  add({ loss, correct }: { loss: tf.Scalar; correct: tf.Scalar | null }, examples: number): void {
    if (!Number.isSafeInteger(examples) || examples < 1) {
      throw new RangeError(`a batch has a whole number of examples from 1, not ${examples}`);
    }
    this.#scalars.push(tf.keep(loss), tf.keep(correct ?? tf.scalar(Number.NaN)));
    this.#sizes.push(examples);
  }

  /** The score of all batches so far; the tally is empty again. */
  async read(): Promise<Score> {
    const [scalars, sizes] = [this.#scalars, this.#sizes];
    [this.#scalars, this.#sizes] = [[], []];
    const total = { loss: 0, correct: 0, examples: 0 };
    if (scalars.length > 0) {
      const stacked = tf.tidy(() => tf.stack(scalars.map((scalar) => tf.cast(scalar, "float32"))));
      const values = await stacked.data();
      tf.dispose([stacked, scalars]);
      for (const [i, size] of sizes.entries()) {
        total.loss += (values[2 * i] as number) * size;
        total.correct += values[2 * i + 1] as number;
        total.examples += size;
      }
    }
    const { loss, correct, examples } = total;
    return { loss: loss / examples, accuracy: correct / examples, correct, examples };
  }

  /** Frees what has not been read. */
  dispose(): void {
    tf.dispose(this.#scalars);
    [this.#scalars, this.#sizes] = [[], []];
  }
}
