import * as tf from "@tensorflow/tfjs-core";
import { checkLabels } from "../loss/check";
import { lossGradient } from "../loss/loss-gradient";
import { rightGroups } from "../loss/right-groups";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";
import { isRecording } from "../operation/run-kernel";
import { type CrossEntropyOptions, lossPrecisions, normalizers } from "./cross-entropy-options";
import { rowLosses } from "./row-losses";

/** What the kernel of {@link softmaxCrossEntropy} is told. */
export type CrossEntropyAttributes = Required<CrossEntropyOptions> & {
  /** Whether to give the loss's slopes, too, which the gradient is made of. */
  withSlopes: boolean;
};

/** The kernel of {@link softmaxCrossEntropy}. */
export interface CrossEntropyKernels<T = tf.Tensor> {
  GrokSoftmaxCrossEntropy: KernelContract<{ logits: T; labels: T }, CrossEntropyAttributes>;
}

const entropyOperation = defineOperation<CrossEntropyKernels["GrokSoftmaxCrossEntropy"]>({
  name: "GrokSoftmaxCrossEntropy",
  reference: ({ logits, labels }, { group, normalizer, precision, smoothing, withSlopes }) => {
    const n = logits.shape[0] as number;
    const { losses, slopes } = rowLosses(logits, labels, { normalizer, precision, smoothing });
    const outputs = [tf.div(tf.sum(losses), n), rightGroups(logits, labels, group)];
    return withSlopes ? [...outputs, tf.div(slopes, n)] : outputs;
  },
  visible: 2,
  saves: { inputs: [], outputs: [2] },
  gradient: ([dy], { outputs: [, , slopes] }) => ({
    logits: lossGradient({ slopes: slopes as tf.Tensor, dy: dy as tf.Tensor }, {})[0],
  }),
});

/**
 * Cross-entropy with integer labels, and how many predictions are right.
 *
 * loss = −(1/n) Σ_i log p_i[labels_i] with p = softmax(logits) by default, or with `smoothing` ε
 * −(1/n) Σ_i ((1 − ε) log p_i[labels_i] + ε/classes Σ_j log p_ij); a group of rows is right
 * when the largest logit of each is at its label (the first of equal ones counts).
 *
 * @param logits [n, classes]
 * @param labels int32 [n], each in 0..classes−1
 * @returns `loss`, a scalar with a gradient, and `correct`, the number of right groups as a float32
 *   scalar without one
 * @throws TypeError if labels are not int32, RangeError if shapes, the group or a label
 *   do not fit
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor,
  labels: tf.Tensor,
  {
    group = 1,
    normalizer = "softmax",
    precision = "float32",
    smoothing = 0,
  }: CrossEntropyOptions = {},
): { loss: tf.Scalar; correct: tf.Scalar } {
  checkLabels("softmaxCrossEntropy", logits, labels, group);
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
  if (!(smoothing >= 0 && smoothing < 1)) {
    throw new RangeError(`label smoothing is ${smoothing}: it must be in [0, 1)`);
  }
  if (smoothing > 0 && (normalizer !== "softmax" || precision !== "float32")) {
    throw new RangeError(
      `label smoothing goes with softmax in float32, not with ${normalizer} in ${precision}`,
    );
  }
  const [loss, correct] = entropyOperation(
    { logits, labels },
    { group, normalizer, precision, smoothing, withSlopes: isRecording() },
  );
  return { loss: loss as tf.Scalar, correct: correct as tf.Scalar };
}
