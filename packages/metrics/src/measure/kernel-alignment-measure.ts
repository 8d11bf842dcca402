import { randomStream } from "@grok/data";
import { linear, reshape } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Matrix } from "../matrix/matrix";
import {
  kernelAlignmentDebiased,
  kernelAlignmentUpstream,
} from "../order-parameters/kernel-alignment";
import { mlpTangentKernel } from "../order-parameters/mlp-tangent-kernel";
import { tangentKernel } from "../order-parameters/tangent-kernel";
import { defined } from "./defined";
import type { Measure } from "./measure";
import { mlpArrays } from "./mlp-view";
import { needsAlignedExamples } from "./requirement";
import type { Snapshot } from "./snapshot";

/** Examples of the kernel of an MLP of one hidden layer on one-hot operands, as the original has it. */
const originalExamples = 500;
/** Examples of other kernels, and how many of them share an answer, as few would if drawn at random. */
const costlyExamples = 96;
const examplesPerAnswer = 8;
/** Random signs that stand for the logits where kernels are made of one gradient per example. */
const probes = 4;

/** How well the tangent kernel tells the answers apart. */
export const alignmentMeasure: Measure = {
  name: "kernel-alignment",
  group: "order-parameters",
  columns: ["kernel_alignment", "kernel_alignment_upstream"],
  description:
    "how well the tangent kernel of each logit, on validation examples, tells right answers apart",
  source:
    "Cortes et al. 2012, debiased by Nguyen et al. 2021; ChanceSiyuan/grokking, as coded, of the logits' sum",
  cost: "expensive",
  unavailable: needsAlignedExamples,
  compute: async (snapshot) => {
    const { anatomy, examples } = snapshot.context;
    const closed = anatomy.mlp?.activation === "relu" ? anatomy.mlp : null;
    const isOriginal = closed?.depth === 2 && closed.input.kind === "one-hot";
    const rows = isOriginal ? someRows(snapshot) : rowsByAnswer(snapshot);
    const labels = rows.map((row) => examples.labels[row] as number);
    let sum: Matrix;
    let trace: Matrix;
    if (closed !== null) {
      const { mlp, examples: inputs } = await mlpArrays(snapshot, closed, rows);
      sum = mlpTangentKernel(mlp, inputs, "sum");
      trace = mlpTangentKernel(mlp, inputs, "trace");
    } else {
      sum = await kernelAlong(snapshot, rows, null);
      trace = await probedKernel(snapshot, rows);
    }
    return {
      kernel_alignment: defined(kernelAlignmentDebiased(trace, labels)),
      kernel_alignment_upstream: kernelAlignmentUpstream(sum, labels),
    };
  },
};

/** Validation examples in an order that is the same at every step. */
function shuffled({ context, validation }: Snapshot): Int32Array {
  const order = randomStream(context.seed, "kernel-alignment").permutation(validation.length);
  return order.map((i) => validation[i] as number);
}

function someRows(snapshot: Snapshot): Int32Array {
  return shuffled(snapshot).slice(0, originalExamples);
}

/** Some examples of each of some answers. */
function rowsByAnswer(snapshot: Snapshot): Int32Array {
  const byAnswer = new Map<number, number[]>();
  for (const row of shuffled(snapshot)) {
    const label = snapshot.context.examples.labels[row] as number;
    const rows = byAnswer.get(label) ?? [];
    if (rows.length < examplesPerAnswer) rows.push(row);
    byAnswer.set(label, rows);
  }
  return Int32Array.from([...byAnswer.values()].flat().slice(0, costlyExamples));
}

/** The kernel of the logits' sum, or of their product with given signs. */
async function kernelAlong(
  snapshot: Snapshot,
  rows: Int32Array,
  signs: readonly number[] | null,
): Promise<Matrix> {
  const { context, parameters } = snapshot;
  return tangentKernel(
    parameters,
    (example) => {
      const logits = context.forward(parameters, rows.slice(example, example + 1)); // [1, classes]
      const size = logits.shape[1] as number;
      const direction = tf.tensor2d(signs?.slice(0, size) ?? Array(size).fill(1), [size, 1]);
      return reshape(linear(logits, direction), []) as tf.Scalar;
    },
    rows.length,
  );
}

/**
 * An unbiased estimate of the kernel of each logit, added up: with signs drawn at random the mixed
 * terms of two logits vanish in the mean (Hutchinson 1990).
 */
async function probedKernel(snapshot: Snapshot, rows: Int32Array): Promise<Matrix> {
  const random = randomStream(snapshot.context.seed, "kernel-alignment-signs");
  const { columns } = await snapshot.logits();
  const total = {
    values: new Float64Array(rows.length ** 2),
    rows: rows.length,
    columns: rows.length,
  };
  for (let probe = 0; probe < probes; probe++) {
    const signs = Array.from({ length: columns }, () => 2 * random.integer(2) - 1);
    const kernel = await kernelAlong(snapshot, rows, signs);
    for (let i = 0; i < total.values.length; i++) {
      total.values[i] = (total.values[i] as number) + (kernel.values[i] as number) / probes;
    }
  }
  return total;
}
