import * as tf from "@tensorflow/tfjs-core";
import { defineOperation, isRecording } from "../operation";
import {
  type LossPrecision,
  lossPrecisions,
  type Normalizer,
  normalizers,
  rowLosses,
} from "./row-losses";

/** Settings of {@link softmaxCrossEntropy}. */
export interface CrossEntropyOptions {
  /** Consecutive rows that make one example, all of which must be right to count; default 1. */
  group?: number;
  /** Default `softmax`. */
  normalizer?: Normalizer;
  /** Default `float32`. */
  precision?: LossPrecision;
}

type EntropyInputs = { logits: tf.Tensor; labels: tf.Tensor };
/** What the kernel of {@link softmaxCrossEntropy} is told. */
export type CrossEntropyAttributes = Required<CrossEntropyOptions> & {
  /** Whether to give the loss's slopes, too, which the gradient is made of. */
  withSlopes: boolean;
};

const entropyGradient = defineOperation<{ slopes: tf.Tensor; dy: tf.Tensor }, object>({
  name: "GrokSoftmaxCrossEntropyGrad",
  reference: ({ slopes, dy }) => [tf.mul(slopes, dy)],
});

const entropyOperation = defineOperation<EntropyInputs, CrossEntropyAttributes>({
  name: "GrokSoftmaxCrossEntropy",
  reference: ({ logits, labels }, { group, normalizer, precision, withSlopes }) => {
    const n = logits.shape[0] as number;
    const { losses, slopes } = rowLosses(logits, labels, { normalizer, precision });
    // argMax takes a row of NaN for its first class.
    const isNumber = tf.logicalNot(tf.isNaN(tf.sum(logits, 1))); // [n]
    const hit = tf.equal(tf.argMax(logits, 1), labels); // [n]
    const right = tf.cast(tf.logicalAnd(hit, isNumber), "int32"); // [n]
    const groups = tf.min(tf.reshape(right, [n / group, group]), 1); // [n / group]
    const outputs = [tf.div(tf.sum(losses), n), tf.cast(tf.sum(groups), "float32")];
    return withSlopes ? [...outputs, tf.div(slopes, n)] : outputs;
  },
  visible: 2,
  saves: { inputs: [], outputs: [2] },
  gradient: ([dy], { outputs: [, , slopes] }) => ({
    logits: entropyGradient({ slopes: slopes as tf.Tensor, dy: dy as tf.Tensor }, {})[0],
  }),
});

/**
 * Cross-entropy with integer labels, and how many predictions are right.
 *
 * loss = −(1/n) Σ_i log p_i[labels_i] with p = softmax(logits) by default; a group of rows is right
 * when the largest logit of each is at its label (the first of equal ones counts).
 *
 * @param logits [n, classes]
 * @param labels int32 [n], each in 0..classes−1; this is not checked
 * @returns `loss`, a scalar with a gradient, and `correct`, the number of right groups as a float32
 *   scalar without one
 * @throws TypeError where labels are not int32, RangeError where shapes or the group do not fit
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor,
  labels: tf.Tensor,
  { group = 1, normalizer = "softmax", precision = "float32" }: CrossEntropyOptions = {},
): { loss: tf.Scalar; correct: tf.Scalar } {
  const n = logits.shape[0] as number;
  if (labels.dtype !== "int32") {
    throw new TypeError(`softmaxCrossEntropy: labels must be int32, not ${labels.dtype}`);
  }
  if (logits.rank !== 2 || labels.rank !== 1 || labels.shape[0] !== n || n === 0) {
    throw new RangeError(
      `softmaxCrossEntropy: logits [${logits.shape}] and labels [${labels.shape}] do not fit: they are [n, classes] and [n], with n at least 1`,
    );
  }
  if (!Number.isInteger(group) || group < 1 || n % group !== 0) {
    throw new RangeError(`softmaxCrossEntropy: ${n} rows do not divide into groups of ${group}`);
  }
  if (!normalizers.includes(normalizer)) {
    throw new RangeError(
      `unknown normalizer ${JSON.stringify(normalizer)}: allowed are ${normalizers.join(", ")}`,
    );
  }
  if (!lossPrecisions.includes(precision)) {
    throw new RangeError(
      `unknown precision ${JSON.stringify(precision)}: allowed are ${lossPrecisions.join(", ")}`,
    );
  }
  const [loss, correct] = entropyOperation(
    { logits, labels },
    { group, normalizer, precision, withSlopes: isRecording() },
  );
  return { loss: loss as tf.Scalar, correct: correct as tf.Scalar };
}
