import * as tf from "@tensorflow/tfjs";

/**
 * Rows of a table. `tf.gather` would do, but its gradient needs a kernel that the WebAssembly backend
 * lacks, so this multiplies with ones and zeros.
 *
 * @param ids int32, any shape
 * @returns [ids, width]
 */
export function lookUp(table: tf.Tensor2D, ids: tf.Tensor): tf.Tensor2D {
  const hot = tf.oneHot(tf.reshape(ids, [-1]), table.shape[0]); // [ids, rows]
  return tf.matMul(tf.cast(hot, "float32") as tf.Tensor2D, table);
}
