import * as tf from "@tensorflow/tfjs-core";

/**
 * How many groups of rows have their largest output, the first of equal ones, at the label
 * throughout, by stock operations.
 *
 * @param outputs [n, classes]
 * @param labels int32 [n]
 * @returns a float32 scalar
 */
export function rightGroups(outputs: tf.Tensor, labels: tf.Tensor, group: number): tf.Tensor {
  return countGroups(tf.equal(tf.argMax(outputs, 1), labels), outputs, group);
}

/** How many groups of rows are right throughout and without NaN. */
export function countGroups(hit: tf.Tensor, outputs: tf.Tensor, group: number): tf.Tensor {
  const n = outputs.shape[0] as number;
  // argMax takes a row of NaN for its first class.
  const isNumber = tf.logicalNot(tf.isNaN(tf.sum(outputs, 1))); // [n]
  const right = tf.cast(tf.logicalAnd(hit, isNumber), "int32"); // [n]
  const groups = tf.min(tf.reshape(right, [n / group, group]), 1); // [n / group]
  return tf.cast(tf.sum(groups), "float32");
}
