import "@tensorflow/tfjs-backend-cpu";
import { embeddingSum, linear, softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { parameterCount } from "../index";
import { defineNetwork } from "./define-network";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const network = defineNetwork({
  parameters: {
    table: { shape: [5, 8], role: "embedding" },
    out: { shape: [8, 5] },
    bias: { shape: [5], role: "bias" },
  },
  forward: ({ table, out, bias }, { tokens, size, length }) => {
    const ids = tf.reshape(tokens, [size, length]) as tf.Tensor2D; // [size, length]
    const hidden = embeddingSum(table as tf.Tensor, ids); // [size, 8]
    return linear(hidden, out as tf.Tensor, bias); // [size, 5]
  },
});
const batch = { tokens: Int32Array.of(0, 1, 2, 3, 4, 4), size: 3, length: 2, answerPositions: [1] };

test("a network from shapes and a function draws its parameters by name and seed", () => {
  expect(parameterCount(network)).toBe(5 * 8 + 8 * 5 + 5);
  const [first, again, other] = [0, 0, 1].map((seed) => network.initialise(seed));
  const values = (at: typeof first, name: string) => Array.from(at?.[name]?.dataSync() ?? []);
  expect(values(first, "table")).toEqual(values(again, "table"));
  expect(values(first, "out")).not.toEqual(values(other, "out"));
  expect(values(first, "bias")).toEqual([0, 0, 0, 0, 0]);
  // fan-in-normal: N(0, 1/8), of 40 draws.
  const std = Math.sqrt(values(first, "out").reduce((sum, x) => sum + x * x, 0) / 40);
  expect(std).toBeGreaterThan(0.2);
  expect(std).toBeLessThan(0.5);
  tf.dispose([first, again, other] as tf.TensorContainer);
});

test("its forward pass has gradients and leaves no tensor", () => {
  const parameters = network.initialise(0);
  const before = tf.memory().numTensors;
  const plan = network.plan(batch);
  const labels = tf.tensor1d([1, 0, 3], "int32");
  const { value, gradients } = valueAndGradients(
    parameters,
    () => softmaxCrossEntropy(network.forward(parameters, plan), labels) as { loss: tf.Scalar },
  );
  expect(Object.keys(gradients)).toEqual(["table", "out", "bias"]);
  expect(gradients.table?.shape).toEqual([5, 8]);
  tf.dispose([value as unknown as tf.TensorContainer, gradients, labels]);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(parameters);
});

test("outputs that are no matrix are refused", () => {
  const flat = defineNetwork({
    parameters: { w: { shape: [3] } },
    forward: ({ w }) => w as tf.Tensor,
  });
  const parameters = flat.initialise(0);
  expect(() => flat.forward(parameters, flat.plan(batch))).toThrow(
    "a network's outputs are a matrix [answers, classes], not of shape [3]",
  );
  tf.dispose(parameters);
});
