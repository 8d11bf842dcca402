import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { selectRows } from "../matrix/matrix";
import { softmaxCollapse } from "../numerics/softmax-collapse";
import { gradientSize } from "../numerics/update-size";
import { defined } from "./defined";
import type { Measure } from "./measure";
import { needsLabels, needsSoftmax } from "./requirement";
import type { Snapshot } from "./snapshot";

/** The mean cross-entropy over the training examples. */
export function trainLoss({ context }: Snapshot, parameters: Record<string, tf.Tensor>): tf.Scalar {
  const labels = context.train.map((row) => context.examples.labels[row] as number);
  const logits = context.forward(parameters, context.train); // [train, classes]
  const options = { precision: context.lossPrecision };
  return softmaxCrossEntropy(logits, tf.tensor1d(labels, "int32"), options).loss as tf.Scalar;
}

const collapse: Measure = {
  name: "softmax",
  group: "numerics",
  columns: ["softmax_collapse", "zero_loss"],
  description:
    "shares of training examples whose softmax is exactly 1, and whose loss is exactly 0, in the loss's precision",
  source: "Prieto et al. 2025",
  cost: "cheap",
  unavailable: needsLabels,
  compute: async (snapshot) => {
    const { train, examples, lossPrecision } = snapshot.context;
    const logits = selectRows(await snapshot.logits(), train);
    const labels = train.map((row) => examples.labels[row] as number);
    const { collapsed, zeroLoss } = softmaxCollapse(logits, labels, {
      precision: lossPrecision,
    });
    return { softmax_collapse: collapsed, zero_loss: zeroLoss };
  },
};

const gradient: Measure = {
  name: "gradient",
  group: "numerics",
  columns: ["gradient_norm", "gradient_growth"],
  description:
    "length of the training loss's gradient, and the cosine of its descent with the weights: 1 where it only scales them",
  source: "Prieto et al. 2025",
  cost: "moderate",
  unavailable: needsSoftmax,
  compute: async (snapshot) => {
    const { value, gradients } = valueAndGradients(
      snapshot.parameters,
      () => ({ loss: trainLoss(snapshot, snapshot.parameters) }),
      { allowUnused: true },
    );
    const { norm, growth } = await gradientSize(snapshot.parameters, gradients);
    tf.dispose([value, gradients] as unknown as tf.TensorContainer);
    return { gradient_norm: defined(norm), gradient_growth: defined(growth) };
  },
};

/** What float32 and the optimizer make of a run. */
export const numericsMeasures: readonly Measure[] = [collapse, gradient];
