import type * as tf from "@tensorflow/tfjs-core";
import { checkIndices } from "../index-range";

/**
 * Checks what a loss of labels is given.
 *
 * @param name of the loss, the first word of the message
 * @param classes that labels name; default: as many as there are outputs
 * @throws TypeError if labels are not int32, RangeError if shapes, the group or a label do not fit
 */
export function checkLabels(
  name: string,
  outputs: tf.Tensor,
  labels: tf.Tensor,
  group: number,
  classes = outputs.shape[1] as number,
): void {
  const n = outputs.shape[0] as number;
  if (labels.dtype !== "int32") {
    throw new TypeError(`${name}: labels must be int32, not ${labels.dtype}`);
  }
  if (outputs.rank !== 2 || labels.rank !== 1 || labels.shape[0] !== n || n === 0) {
    throw new RangeError(
      `${name}: logits [${outputs.shape}] and labels [${labels.shape}] do not fit: they are [n, classes] and [n], with n at least 1`,
    );
  }
  if (!Number.isInteger(group) || group < 1 || n % group !== 0) {
    throw new RangeError(`${name}: ${n} rows do not divide into groups of ${group}`);
  }
  checkIndices(name, "labels", labels, classes, "class");
}
