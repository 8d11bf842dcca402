import { type CrossEntropyOptions, softmaxCrossEntropy } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { type Score, Tally } from "./tally";

/** Settings of {@link scoreDataset}. */
export interface ScoreOptions extends CrossEntropyOptions {
  /** Mean loss and right examples of a batch; default cross-entropy by the other settings. */
  loss?: (logits: tf.Tensor2D, labels: tf.Tensor) => { loss: tf.Scalar; correct: tf.Scalar | null };
}

/** A network's output for a batch, and what it should have been. */
export interface Predictions {
  /** [n, classes] */
  logits: tf.Tensor;
  /** int32 [n]; of a loss of values float32 [n, values] */
  labels: tf.Tensor;
}

/**
 * Loss and accuracy over a data set: the mean cross-entropy of all rows of logits, and the share of
 * examples whose largest logits are all at their labels.
 *
 * @param batches what `predict` takes, one batch at a time, of any sizes
 * @param predict runs the network on a batch. It is called in a tidy scope, which frees what it makes
 * @param options `group` is the number of consecutive rows that make one example, default 1; `loss`
 *   takes the place of cross-entropy
 * @returns the loss in nats per row; NaN for both if there is no batch
 * @throws RangeError or TypeError if logits and labels do not fit
 *
 * @example
 * const { loss, accuracy } = await scoreDataset(batches, ({ tokens, labels }) => ({
 *   logits: forward(parameters, tokens),
 *   labels,
 * }));
 */
export async function scoreDataset<Batch>(
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  predict: (batch: Batch) => Predictions,
  { loss, ...options }: ScoreOptions = {},
): Promise<Score> {
  const { group = 1 } = options;
  const tally = new Tally();
  try {
    for await (const batch of batches) {
      tf.tidy(() => {
        const { logits, labels } = predict(batch);
        const rows = logits.shape[0] as number;
        const outcome =
          loss?.(logits as tf.Tensor2D, labels) ?? softmaxCrossEntropy(logits, labels, options);
        tally.add(outcome, rows / group);
      });
    }
    return await tally.read();
  } finally {
    tally.dispose();
  }
}
