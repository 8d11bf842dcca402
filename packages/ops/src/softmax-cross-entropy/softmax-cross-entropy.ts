import * as tf from "@tensorflow/tfjs-core";
import { defineOperation, isRecording } from "../operation";

/** How logits become probabilities: exp(z)/Σexp(z), or StableMax s(z)/Σs(z) of Prieto et al. 2025. */
export const normalizers = ["softmax", "stablemax"] as const;

/** See {@link normalizers}. */
export type Normalizer = (typeof normalizers)[number];

/** Settings of {@link softmaxCrossEntropy}. */
export interface CrossEntropyOptions {
  /** Consecutive rows that make one example, all of which must be right to count; default 1. */
  group?: number;
  /** Default `softmax`. */
  normalizer?: Normalizer;
}

type EntropyInputs = { logits: tf.Tensor; labels: tf.Tensor };
/** `withSlopes`: also gives the loss's slopes, which the gradient is made of. */
type EntropyAttributes = { group: number; normalizer: Normalizer; withSlopes: boolean };

/** s(z) of StableMax: z + 1 for z ≥ 0, 1/(1 − z) below. */
function stable(z: tf.Tensor): tf.Tensor {
  const positive = tf.greaterEqual(z, 0);
  return tf.where(positive, tf.add(z, 1), tf.div(1, tf.sub(1, tf.minimum(z, 0))));
}

/** 1 at each row's label, [n, classes]; made as int32, as tfjs's WebAssembly kernel can no other. */
function oneHot(labels: tf.Tensor, classes: number): tf.Tensor {
  return tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), "float32");
}

/** The logarithms of the probabilities, [n, classes]. */
function logProbabilities(logits: tf.Tensor, normalizer: Normalizer): tf.Tensor {
  if (normalizer === "stablemax") {
    const s = stable(logits);
    return tf.log(tf.div(s, tf.sum(s, 1, true)));
  }
  const shifted = tf.sub(logits, tf.max(logits, 1, true)); // [n, classes]
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
}

/** The mean loss's slopes at the logits, [n, classes]. */
function slopesReference(logits: tf.Tensor, hot: tf.Tensor, normalizer: Normalizer): tf.Tensor {
  const n = logits.shape[0] as number;
  const difference = tf.sub(tf.exp(logProbabilities(logits, normalizer)), hot); // [n, classes]
  const mean = tf.div(difference, n); // [n, classes]
  if (normalizer === "softmax") return mean;
  // d(−log p_y)/dz = s'(z)·(1/Σs − [z = y]/s), and s'/s is 1/s above zero and s below.
  const s = stable(logits);
  const slope = tf.where(tf.greaterEqual(logits, 0), tf.div(1, s), s); // [n, classes]
  return tf.mul(mean, slope);
}

const entropyGradient = defineOperation<{ slopes: tf.Tensor; dy: tf.Tensor }, object>({
  name: "GrokSoftmaxCrossEntropyGrad",
  reference: ({ slopes, dy }) => [tf.mul(slopes, dy)],
});

const entropyOperation = defineOperation<EntropyInputs, EntropyAttributes>({
  name: "GrokSoftmaxCrossEntropy",
  reference: ({ logits, labels }, { group, normalizer, withSlopes }) => {
    const [n, classes] = logits.shape as [number, number];
    const hot = oneHot(labels, classes); // [n, classes]
    const picked = tf.sum(tf.mul(logProbabilities(logits, normalizer), hot)); // []
    // argMax takes a row of NaN for its first class.
    const isNumber = tf.logicalNot(tf.isNaN(tf.sum(logits, 1))); // [n]
    const hit = tf.equal(tf.argMax(logits, 1), labels); // [n]
    const right = tf.cast(tf.logicalAnd(hit, isNumber), "int32"); // [n]
    const groups = tf.min(tf.reshape(right, [n / group, group]), 1); // [n / group]
    const outputs = [tf.div(picked, -n), tf.cast(tf.sum(groups), "float32")];
    return withSlopes ? [...outputs, slopesReference(logits, hot, normalizer)] : outputs;
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
  { group = 1, normalizer = "softmax" }: CrossEntropyOptions = {},
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
  const [loss, correct] = entropyOperation(
    { logits, labels },
    { group, normalizer, withSlopes: isRecording() },
  );
  return { loss: loss as tf.Scalar, correct: correct as tf.Scalar };
}
