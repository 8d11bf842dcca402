import * as tf from "@tensorflow/tfjs-core";
import type { LossPrecision, Normalizer } from "./cross-entropy-options";

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

/** Where a sum of probabilities is lost beside 1 in double precision. */
const lost = 2 ** -53;

/** −log p at each row's label, [n, 1], and p − [j = label], [n, classes]. */
type Rows = { losses: tf.Tensor; differences: tf.Tensor };

function rowsInSingle(logits: tf.Tensor, hot: tf.Tensor, normalizer: Normalizer): Rows {
  const logs = logProbabilities(logits, normalizer); // [n, classes]
  return {
    losses: tf.neg(tf.sum(tf.mul(logs, hot), 1, true)), // [n, 1]
    differences: tf.sub(tf.exp(logs), hot), // [n, classes]
  };
}

/** As in double precision: 1 − p at the label is never made by subtraction, but is the others' sum. */
function rowsInDouble(logits: tf.Tensor, hot: tf.Tensor, normalizer: Normalizer): Rows {
  const top = tf.max(logits, 1, true); // [n, 1]
  const weights = normalizer === "softmax" ? tf.exp(tf.sub(logits, top)) : stable(logits); // [n, classes]
  const rest = tf.mul(weights, tf.sub(1, hot)); // [n, classes]
  const others = tf.sum(rest, 1, true); // [n, 1]
  const own = tf.sum(tf.mul(weights, hot), 1, true); // [n, 1]
  const total = tf.add(others, own); // [n, 1]
  const raw = tf.div(others, total); // [n, 1]
  const missing = tf.where(tf.less(raw, lost), tf.zerosLike(raw), raw); // [n, 1]
  // Far from the label a weight by softmax may round to 0, and the label's own as well.
  const gap = tf.sub(top, tf.sum(tf.mul(logits, hot), 1, true)); // [n, 1]
  const away = tf.add(gap, tf.log(total)); // [n, 1]
  const near = tf.log1p(tf.div(others, own)); // [n, 1]
  const losses = normalizer === "softmax" ? tf.where(tf.equal(gap, 0), near, away) : near; // [n, 1]
  return {
    losses: tf.where(tf.less(raw, lost), tf.zerosLike(losses), losses), // [n, 1]
    differences: tf.sub(tf.div(rest, total), tf.mul(missing, hot)), // [n, classes]
  };
}

/**
 * Losses by row and their slopes at the logits, by stock operations.
 *
 * @param logits [n, classes]
 * @param labels int32 [n]
 * @returns `losses` −log p at each row's label, or −Σ q log p with smoothed targets q, [n, 1], and `slopes` of each row's own loss, [n, classes]
 */
export function rowLosses(
  logits: tf.Tensor,
  labels: tf.Tensor,
  {
    normalizer,
    precision,
    smoothing,
  }: { normalizer: Normalizer; precision: LossPrecision; smoothing: number },
): { losses: tf.Tensor; slopes: tf.Tensor } {
  const classes = logits.shape[1] as number;
  const hot = oneHot(labels, classes); // [n, classes]
  if (smoothing > 0) {
    const targets = tf.add(tf.mul(hot, 1 - smoothing), smoothing / classes); // [n, classes]
    const { losses, differences } = rowsInSingle(logits, targets, normalizer);
    return { losses, slopes: differences };
  }
  const rowsOf = precision === "float64" ? rowsInDouble : rowsInSingle;
  const { losses, differences } = rowsOf(logits, hot, normalizer);
  if (normalizer === "softmax") return { losses, slopes: differences };
  // d(−log p_y)/dz = s'(z)·(1/Σs − [z = y]/s), and s'/s is 1/s above zero and s below.
  const s = stable(logits); // [n, classes]
  const growth = tf.where(tf.greaterEqual(logits, 0), tf.div(1, s), s); // [n, classes]
  return { losses, slopes: tf.mul(differences, growth) };
}
