import "@tensorflow/tfjs-backend-cpu";
import { activate, embedding, linear, reshape, scale } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { largestDifference } from "../../test/difference";
import { type Fixture, fixture, unpack } from "../../test/fixture";
import { randomMatrix } from "../../test/random-matrix";
import { mlpTangentKernel } from "./mlp-tangent-kernel";
import type { ReluMlp } from "./relu-mlp";
import { tangentKernel } from "./tangent-kernel";

type Tangent = Fixture["tangents"][number];

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const mlpOf = ({ weights, biases, scale: factor }: Tangent): ReluMlp => ({
  layers: weights.map((weight, i) => ({
    weight: unpack(weight),
    bias: Float64Array.from(biases[i]?.values ?? []),
  })),
  scale: factor,
});

test("in closed form agrees with PyTorch's Jacobians, with and without an embedding", () => {
  let largest = 0;
  for (const tangent of fixture().tangents) {
    const { pairs, table } = tangent;
    const tokens = table === null ? undefined : Int32Array.from(pairs);
    const examples = { inputs: unpack(tangent.inputs), tokens };
    for (const output of ["sum", "trace"] as const) {
      const kernel = mlpTangentKernel(mlpOf(tangent), examples, output);
      largest = Math.max(largest, largestDifference(kernel.values, tangent[output].values));
    }
  }
  console.log(`largest difference from PyTorch: ${largest.toExponential(1)} of the largest entry`);
  expect(largest).toBeLessThan(1e-12);
});

test("without biases by hand: two units, of which x₁ turns on one and x₂ both", () => {
  // f = v·relu(W x): ∂f/∂v = relu(W x), ∂f/∂W = v on ⊗ x.
  const layers = [
    { weight: { rows: 2, columns: 2, values: Float64Array.of(1, -1, 2, 3) } },
    { weight: { rows: 2, columns: 1, values: Float64Array.of(5, 7) } },
  ];
  const inputs = { rows: 2, columns: 2, values: Float64Array.of(1, 0, 0, 1) };
  // Hidden: (1, 0) and (2, 3); the inputs are orthogonal, so between them only ∂v counts.
  const without = mlpTangentKernel({ layers }, { inputs }, "sum");
  expect([...without.values]).toEqual([1 + 25, 2, 2, 13 + 25 + 49]);
  // With biases of 0 each layer's bias adds its δ·δ: 1 at the top, v² where both are on below.
  const biased = layers.map(({ weight }) => ({ weight, bias: new Float64Array(weight.columns) }));
  const kernel = mlpTangentKernel({ layers: biased }, { inputs }, "sum");
  expect([...kernel.values]).toEqual([26 + 26, 2 + 26, 2 + 26, 87 + 75]);
});

test("by a gradient per example agrees with PyTorch, in one block or many", async () => {
  for (const tangent of fixture().tangents) {
    const { weights, biases, table, pairs, scale: factor, p } = tangent;
    const tensors: Record<string, tf.Tensor> = {};
    for (const [i, { shape, values }] of weights.entries()) {
      tensors[`weight${i}`] = tf.tensor(values, shape);
      tensors[`bias${i}`] = tf.tensor1d(biases[i]?.values ?? []);
    }
    if (table !== null) tensors.table = tf.tensor(table.values, table.shape);
    const inputs = tf.tensor2d(tangent.inputs.values, tangent.inputs.shape as [number, number]);
    const at = (name: string) => tensors[name] as tf.Tensor;
    const sumOfLogits = (example: number): tf.Scalar => {
      let x: tf.Tensor = tf.slice(inputs, [example, 0], [1, -1]);
      if (table !== null) {
        const tokens = tf.tensor1d(pairs.slice(2 * example, 2 * example + 2), "int32");
        x = reshape(embedding(at("table"), tokens), [1, 2 * (table.shape[1] as number)]);
      }
      for (let i = 0; i < weights.length - 1; i++) {
        x = activate(scale(linear(x, at(`weight${i}`), at(`bias${i}`)), factor), "relu");
      }
      const last = weights.length - 1;
      const logits = linear(x, at(`weight${last}`), at(`bias${last}`)); // [1, p]
      return reshape(linear(logits, tf.ones([p, 1])), []) as tf.Scalar;
    };
    const before = tf.memory().numTensors;
    for (const maxFloats of [undefined, 1000, 1]) {
      const kernel = await tangentKernel(tensors, sumOfLogits, 12, { maxFloats });
      expect(largestDifference(kernel.values, tangent.sum.values)).toBeLessThan(1e-5);
    }
    expect(tf.memory().numTensors).toBe(before);
  }
});

test("wrong shapes, nothing to differentiate, NaN", async () => {
  const layer = { weight: randomMatrix(1, 4, 3), bias: new Float32Array(3) };
  const kernel = (mlp: ReluMlp, columns = 4, tokens?: Int32Array) =>
    mlpTangentKernel(mlp, { inputs: randomMatrix(2, 5, columns), tokens }, "sum");
  expect(kernel({ layers: [layer] }).rows).toBe(5);
  expect(() => kernel({ layers: [] })).toThrow(RangeError);
  expect(() => kernel({ layers: [layer, layer] })).toThrow(
    new RangeError("the weight of layer 1 must have 3 rows, not 4"),
  );
  expect(() => kernel({ layers: [layer] }, 3)).toThrow(RangeError);
  expect(() => kernel({ layers: [layer] }, 4, new Int32Array(11))).toThrow(RangeError);
  expect(() => kernel({ layers: [{ ...layer, bias: new Float32Array(2) }] })).toThrow(
    new RangeError("the bias of layer 0 must have 3 columns, not 2"),
  );
  const w = tf.tensor1d([Number.NaN]);
  const square = () => reshape(linear(reshape(w, [1, 1]), reshape(w, [1, 1])), []) as tf.Scalar;
  await expect(tangentKernel({ w }, square, 2)).rejects.toThrow(RangeError);
  await expect(tangentKernel({ w }, square, 0)).rejects.toThrow(RangeError);
  await expect(tangentKernel({}, square, 2)).rejects.toThrow(RangeError);
});
