import * as tf from "@tensorflow/tfjs-core";
import { checkLabels } from "../loss/check";
import { lossGradient } from "../loss/loss-gradient";
import { rightGroups } from "../loss/right-groups";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";
import { isRecording } from "../operation/run-kernel";

/** Settings of {@link labelSquaredError}. */
export interface LabelSquaredErrorOptions {
  /** Consecutive rows that make one example, all of which must be right to count; default 1. */
  group?: number;
  /** Target of the label's output, M of Hui & Belkin 2020; default 1, one-hot targets. */
  scale?: number;
  /**
   * Subtracted from the one-hot targets before the scale; default 0. 1/classes centers them, so that
   * targets sum to 0.
   */
  center?: number;
}

/** What the kernel of {@link labelSquaredError} is told. */
export type LabelSquaredErrorAttributes = Required<LabelSquaredErrorOptions> & {
  /** Whether to give the loss's slopes, too, which the gradient is made of. */
  withSlopes: boolean;
};

function outcome(difference: tf.Tensor, correct: tf.Tensor[], withSlopes: boolean): tf.Tensor[] {
  const { size } = difference;
  const outputs = [tf.div(tf.sum(tf.square(difference)), size), ...correct];
  return withSlopes ? [...outputs, tf.mul(difference, 2 / size)] : outputs;
}

/** The kernels of {@link labelSquaredError} and {@link squaredError}. */
export interface SquaredErrorKernels<T = tf.Tensor> {
  GrokLabelSquaredError: KernelContract<{ outputs: T; labels: T }, LabelSquaredErrorAttributes>;
  GrokSquaredError: KernelContract<{ outputs: T; targets: T }, { withSlopes: boolean }>;
}

const labelOperation = defineOperation<SquaredErrorKernels["GrokLabelSquaredError"]>({
  name: "GrokLabelSquaredError",
  reference: ({ outputs, labels }, { group, scale, center, withSlopes }) => {
    const classes = outputs.shape[1] as number;
    // Made as int32, as tfjs's WebAssembly kernel can no other.
    const hot = tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), "float32"); // [n, classes]
    const targets = tf.mul(tf.sub(hot, center), scale); // [n, classes]
    const correct = rightGroups(outputs, labels, group);
    return outcome(tf.sub(outputs, targets), [correct], withSlopes);
  },
  visible: 2,
  saves: { inputs: [], outputs: [2] },
  gradient: ([dy], { outputs: [, , slopes] }) => ({
    outputs: lossGradient({ slopes: slopes as tf.Tensor, dy: dy as tf.Tensor }, {})[0],
  }),
});

const targetOperation = defineOperation<SquaredErrorKernels["GrokSquaredError"]>({
  name: "GrokSquaredError",
  reference: ({ outputs, targets }, { withSlopes }) =>
    outcome(tf.sub(outputs, targets), [], withSlopes),
  visible: 1,
  saves: { inputs: [], outputs: [1] },
  gradient: ([dy], { outputs: [, slopes] }) => ({
    outputs: lossGradient({ slopes: slopes as tf.Tensor, dy: dy as tf.Tensor }, {})[0],
  }),
});

/**
 * Mean squared error with integer labels, whose targets are one-hot rows, and how many predictions
 * are right.
 *
 * loss = 1/(n·classes) Σ_ij (z_ij − t_ij)² with t_ij = scale·([j = labels_i] − center), as PyTorch's
 * `MSELoss` averages it (Omnigrok, Gromov 2023). There is no float64 form: a squared distance of
 * float32 outputs is exact to float32's rounding however small it is.
 *
 * @param outputs [n, classes]
 * @param labels int32 [n], each in 0..classes−1
 * @returns `loss`, a scalar with a gradient, and `correct`, the number of groups whose largest outputs
 *   are at the labels (the first of equal ones counts), without one
 * @throws TypeError if labels are not int32, RangeError if shapes, labels, the group or the targets do
 *   not fit
 *
 * @example
 * labelSquaredError(tf.tensor2d([[1, 0]]), tf.tensor1d([0], "int32")).loss; // 0
 */
export function labelSquaredError(
  outputs: tf.Tensor,
  labels: tf.Tensor,
  { group = 1, scale = 1, center = 0 }: LabelSquaredErrorOptions = {},
): { loss: tf.Scalar; correct: tf.Scalar } {
  checkLabels("labelSquaredError", outputs, labels, group);
  if (!(scale > 0 && Number.isFinite(scale) && Number.isFinite(center))) {
    throw new RangeError(
      `labelSquaredError: scale ${scale} and center ${center} must be finite numbers, and the scale positive`,
    );
  }
  const [loss, correct] = labelOperation(
    { outputs, labels },
    { group, scale, center, withSlopes: isRecording() },
  );
  return { loss: loss as tf.Scalar, correct: correct as tf.Scalar };
}

/**
 * Mean squared error with real-valued targets: 1/(n·values) Σ_ij (z_ij − t_ij)².
 *
 * @param outputs [n, values]
 * @param targets float32 [n, values], which gets no gradient
 * @returns a scalar with a gradient
 * @throws TypeError if targets are not float32, RangeError if the shapes differ
 *
 * @example
 * squaredError(tf.tensor2d([[1, 3]]), tf.tensor2d([[1, 1]])); // 2
 */
export function squaredError(outputs: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  if (targets.dtype !== "float32") {
    throw new TypeError(`squaredError: targets must be float32, not ${targets.dtype}`);
  }
  if (outputs.rank !== 2 || outputs.shape.join() !== targets.shape.join() || outputs.size === 0) {
    throw new RangeError(
      `squaredError: outputs [${outputs.shape}] and targets [${targets.shape}] must be one shape [n, values], with n at least 1`,
    );
  }
  return targetOperation({ outputs, targets }, { withSlopes: isRecording() })[0] as tf.Scalar;
}
