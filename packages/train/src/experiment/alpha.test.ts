import { type Matrix, mlpTangentKernel } from "@grok/metrics";
import { forwardPlanned, initialise, type Parameters, type Plan, plan } from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { createOptimizer, disposeState, type OptimizerConfig } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { dataOf, modelOf, taskOf } from "./build";

const p = 7;
const width = 64;

/** The network of ChanceSiyuan/grokking and training pairs, small, at an α. */
function setUp(alpha: number) {
  const experiment = resolveExperiment({
    preset: "order-parameters",
    flags: { p, width, alpha, "train-fraction": 0.5, seed: 1 },
  });
  const config = modelOf(experiment);
  const { length, answerPositions } = taskOf(experiment);
  const { tokens, labels, size } = dataOf(experiment).batch(0);
  return {
    config,
    batch: plan(config, { tokens, size, length, answerPositions }),
    tokens,
    labels,
    parameters: initialise(config, experiment.seed),
  };
}

type SetUp = ReturnType<typeof setUp>;

const logitsOf = ({ config, parameters, batch }: SetUp) =>
  forwardPlanned(config, parameters, batch as Plan).dataSync() as Float32Array;

function matrix(tensor: tf.Tensor): Matrix {
  const [rows = 1, columns = 1] = tensor.shape;
  return { rows, columns, values: tensor.dataSync().slice() as Float32Array };
}

/** The neural tangent kernel of the training pairs, over all logits. */
function kernelOf({ parameters, tokens }: SetUp, alpha: number): Matrix {
  const at = (name: string) => parameters[name] as tf.Tensor;
  const layers = [0, 1].map((i) => ({
    weight: matrix(at(`layers.${i}.weight`)),
    bias: at(`layers.${i}.bias`).dataSync() as Float32Array,
  }));
  const inputs = {
    rows: tokens.length / 2,
    columns: 2 * p,
    values: new Float32Array(p * tokens.length),
  };
  for (const [i, token] of tokens.entries()) inputs.values[(i >> 1) * 2 * p + token] = 1;
  return mlpTangentKernel({ layers, scale: width ** -alpha }, { inputs }, "trace");
}

const mean = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;

/** A kernel without what is alike for all examples, as the last bias's part is. */
function centred({ rows, values, columns }: Matrix): Matrix {
  const means = Array.from({ length: rows }, (_, i) =>
    mean(Array.from(values.subarray(i * columns, (i + 1) * columns))),
  );
  const whole = mean(means);
  const rest = values.map((x, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return x - (means[row] as number) - (means[column] as number) + whole;
  });
  return { rows, columns, values: rest };
}

/** 1 − the cosine between two kernels: 0 as long as only their size changes. */
function turned(first: Matrix, last: Matrix): number {
  const [a, b] = [centred(first), centred(last)];
  const dot = (x: Matrix, y: Matrix) =>
    Array.from(x.values).reduce((sum, value, i) => sum + value * (y.values[i] as number), 0);
  return 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** How far hidden weights and kernel have moved once the training loss is a tenth of ln p. */
function movement(alpha: number, optimizerOf: (alpha: number) => OptimizerConfig) {
  const set = setUp(alpha);
  const { config, parameters, batch, labels } = set;
  const name = "layers.0.weight";
  const first = matrix(parameters[name] as tf.Tensor).values;
  const kernel = kernelOf(set, alpha);
  const optimizer = createOptimizer(optimizerOf(alpha));
  const state = optimizer.initialise(parameters);
  const targets = tf.tensor1d(labels, "int32");
  let steps = 0;
  let loss = Number.POSITIVE_INFINITY;
  while (loss > Math.log(p) / 10 && steps < 3000) {
    const { value, gradients } = valueAndGradients(parameters as Parameters, () => ({
      loss: softmaxCrossEntropy(forwardPlanned(config, parameters, batch as Plan), targets).loss,
    }));
    loss = value.loss.dataSync()[0] as number;
    optimizer.step(parameters, gradients, state, steps++);
    tf.dispose([value, gradients] as unknown as tf.TensorContainer);
  }
  const last = matrix(parameters[name] as tf.Tensor).values;
  const distance = Math.hypot(...last.map((value, i) => value - (first[i] as number)));
  const result = {
    loss,
    steps,
    weights: distance / Math.hypot(...first),
    kernel: turned(kernel, kernelOf(set, alpha)),
  };
  disposeState(state);
  tf.dispose([parameters, targets]);
  return result;
}

describe("α of ChanceSiyuan/grokking", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });
  it("scales the output by width^−α, whatever is fed, as relu is homogeneous", () => {
    const plain = setUp(0);
    const expected = logitsOf(plain);
    for (const alpha of [-0.25, 0.25, 0.5, 1]) {
      const factor = width ** -alpha;
      // The last bias begins at 0, and nothing else is added after the relu.
      const logits = logitsOf(setUp(alpha));
      const scaled = logitsOf({ ...plain, config: { ...plain.config, outputScale: factor } });
      for (const [i, logit] of logits.entries()) {
        expect(logit).toBeCloseTo(factor * (expected[i] as number), 6);
        expect(scaled[i]).toBeCloseTo(logit, 6);
      }
    }
  });

  // So the larger α is, the further must the weights go to fit: towards rich, not towards lazy.
  const optimizers: [string, number[], (alpha: number) => OptimizerConfig][] = [
    [
      // Time in units of the output's: gradients are width^−α as large, and so is what they change.
      "gradient descent",
      [-0.25, 0, 0.25, 0.5],
      (alpha) => ({ kind: "sgd", learningRate: 0.5 * width ** (2 * Math.min(alpha, 0.25)) }),
    ],
    [
      "Adam, as there",
      [0, 0.25, 0.5],
      () => ({ kind: "adamw", learningRate: 3e-3, decay: { form: "zero", rate: 0 } }),
    ],
  ];
  it.each(optimizers)("makes training richer, under %s", (name, alphas, optimizerOf) => {
    const moved = alphas.map((alpha) => movement(alpha, optimizerOf));
    console.log(
      `α under ${name}: ${moved.map(({ weights, kernel, steps }, i) => `${alphas[i]}: W1 moved by ${weights.toFixed(2)} of itself, kernel turned by ${kernel.toFixed(3)}, ${steps} steps`).join("; ")}`,
    );
    for (const [i, { loss, weights, kernel }] of moved.entries()) {
      expect(loss).toBeLessThan(Math.log(p) / 10);
      const before = moved[i - 1];
      if (before === undefined) continue;
      expect(weights).toBeGreaterThan(1.5 * before.weights);
      expect(kernel).toBeGreaterThan(1.1 * before.kernel);
    }
  });
});
