import * as tf from "@tensorflow/tfjs-core";
import { checkLabels } from "../loss/check";
import { lossGradient } from "../loss/loss-gradient";
import { countGroups, rightGroups } from "../loss/right-groups";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";
import { isRecording } from "../operation/run-kernel";

/** Settings of {@link hinge}. */
export interface HingeOptions {
  /** Consecutive rows that make one example, all of which must be right to count; default 1. */
  group?: number;
  /** By how much a label's output must lead to cost nothing; default 1 (Barak et al. 2022, PyTorch). */
  margin?: number;
  /**
   * Whether the answer is a sign: then outputs are [n, 1], or [n, 2] whose difference counts, and a
   * label is 0 or 1. Default false.
   */
  binary?: boolean;
}

/** What the kernel of {@link hinge} is told. */
export type HingeAttributes = Required<HingeOptions> & {
  /** Whether to give the loss's slopes, too, which the gradient is made of. */
  withSlopes: boolean;
};

/** Each row's losses by output, and their slopes, before the mean; [n, classes]. */
function multiClass(outputs: tf.Tensor, labels: tf.Tensor, margin: number) {
  const classes = outputs.shape[1] as number;
  const hot = tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), "float32"); // [n, classes]
  const own = tf.sum(tf.mul(outputs, hot), 1, true); // [n, 1]
  const late = tf.mul(tf.add(tf.sub(outputs, own), margin), tf.sub(1, hot)); // [n, classes]
  const active = tf.cast(tf.greater(late, 0), "float32"); // [n, classes]
  const slopes = tf.sub(active, tf.mul(hot, tf.sum(active, 1, true))); // [n, classes]
  return { losses: tf.relu(late), slopes, count: outputs.size };
}

/** A row's output as one number, [n, 1], and the sign that it should have. */
function signs(outputs: tf.Tensor, labels: tf.Tensor) {
  const [n, width] = outputs.shape as [number, number];
  const z =
    width === 1
      ? outputs
      : tf.sub(tf.slice(outputs, [0, 1], [n, 1]), tf.slice(outputs, [0, 0], [n, 1])); // [n, 1]
  const wanted = tf.reshape(tf.sub(tf.mul(tf.cast(labels, "float32"), 2), 1), [n, 1]); // [n, 1]
  return { z, wanted };
}

function binaryClass(outputs: tf.Tensor, labels: tf.Tensor, margin: number) {
  const [n, width] = outputs.shape as [number, number];
  const { z, wanted } = signs(outputs, labels);
  const late = tf.sub(margin, tf.mul(z, wanted)); // [n, 1]
  const active = tf.cast(tf.greater(late, 0), "float32"); // [n, 1]
  const slope = tf.neg(tf.mul(active, wanted)); // [n, 1]
  const slopes = width === 1 ? slope : tf.concat([tf.neg(slope), slope], 1); // [n, width]
  return { losses: tf.relu(late), slopes, count: n };
}

function rightSigns(outputs: tf.Tensor, labels: tf.Tensor, group: number): tf.Tensor {
  const n = outputs.shape[0] as number;
  const { z } = signs(outputs, labels);
  const guess = tf.cast(tf.greater(tf.reshape(z, [n]), 0), "int32"); // [n]
  return countGroups(tf.equal(guess, labels), outputs, group);
}

/** The kernel of {@link hinge}. */
export interface HingeKernels<T = tf.Tensor> {
  GrokHinge: KernelContract<{ outputs: T; labels: T }, HingeAttributes>;
}

const hingeOperation = defineOperation<HingeKernels["GrokHinge"]>({
  name: "GrokHinge",
  reference: ({ outputs, labels }, { group, margin, binary, withSlopes }) => {
    const form = binary ? binaryClass : multiClass;
    const { losses, slopes, count } = form(outputs, labels, margin);
    const correct = (binary ? rightSigns : rightGroups)(outputs, labels, group);
    const made = [tf.div(tf.sum(losses), count), correct];
    return withSlopes ? [...made, tf.div(slopes, count)] : made;
  },
  visible: 2,
  saves: { inputs: [], outputs: [2] },
  gradient: ([dy], { outputs: [, , slopes] }) => ({
    outputs: lossGradient({ slopes: slopes as tf.Tensor, dy: dy as tf.Tensor }, {})[0],
  }),
});

/**
 * Hinge loss with integer labels, and how many predictions are right.
 *
 * Of several classes, as PyTorch's `MultiMarginLoss` (Weston & Watkins 1999):
 * loss = 1/(n·classes) Σ_i Σ_{j ≠ y_i} max(0, margin − z_i[y_i] + z_ij). Binary, as Barak et al. 2022
 * train on parities: loss = 1/n Σ_i max(0, margin − s_i·z_i) with s_i = −1 for label 0, 1 for label 1,
 * and z_i the output, or the second output less the first. On the kink the slope is 0. There is no
 * float64 form: differences of float32 outputs lose nothing when the loss is small.
 *
 * @param outputs [n, classes]; binary: [n, 1] or [n, 2]
 * @param labels int32 [n], each in 0..classes−1, or 0 and 1
 * @returns `loss`, a scalar with a gradient, and `correct`, the number of groups of rows that are all
 *   right (the largest output is at the label; binary: z > 0 for label 1), without one
 * @throws TypeError if labels are not int32, RangeError if shapes, the group or the margin do
 *   not fit
 */
export function hinge(
  outputs: tf.Tensor,
  labels: tf.Tensor,
  { group = 1, margin = 1, binary = false }: HingeOptions = {},
): { loss: tf.Scalar; correct: tf.Scalar } {
  checkLabels("hinge", outputs, labels, group, binary ? 2 : undefined);
  if (!(margin > 0 && Number.isFinite(margin))) {
    throw new RangeError(`hinge: the margin is ${margin}: it must be a positive number`);
  }
  if (binary && (outputs.shape[1] as number) > 2) {
    throw new RangeError(
      `hinge: the binary form takes outputs [n, 1] or [n, 2], not [${outputs.shape}]`,
    );
  }
  const [loss, correct] = hingeOperation(
    { outputs, labels },
    { group, margin, binary, withSlopes: isRecording() },
  );
  return { loss: loss as tf.Scalar, correct: correct as tf.Scalar };
}
