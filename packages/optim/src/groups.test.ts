import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { createOptimizer } from "./create-optimizer";
import { matches } from "./groups";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("a pattern is a name in which * stands for any text", () => {
  expect(matches("layers.*.bias", "layers.0.attention.query.bias")).toBe(true);
  expect(matches("layers.0.bias", "layers.0xbias")).toBe(false);
  expect(matches("*", "anything")).toBe(true);
  expect(matches("layers", "layers.0")).toBe(false);
});

test("each group has its learning rate and decay, and a frozen one does not move", () => {
  const optimizer = createOptimizer({
    kind: "sgd",
    learningRate: 0.1,
    decay: { form: "zero", rate: 0.5 },
    groups: [
      { match: "frozen", frozen: true },
      { match: "*.bias", weightDecay: 0 },
      { match: "quick.*", learningRate: 1 },
    ],
  });
  const names = ["frozen", "slow.weight", "slow.bias", "quick.weight"];
  const tensors = (value: number) =>
    Object.fromEntries(names.map((name) => [name, tf.tensor1d([value])]));
  const parameters: Record<string, tf.Tensor> = tensors(2);
  const state = optimizer.initialise(parameters);
  optimizer.step(parameters, tensors(1), state, 0);
  const after = Object.fromEntries(
    names.map((name) => [name, (parameters[name] as tf.Tensor).dataSync()[0] as number]),
  );
  // w − lr·(g + λ·w), decoupled.
  expect(after["frozen"]).toBe(2);
  expect(after["slow.weight"]).toBeCloseTo(2 - 0.1 * (1 + 0.5 * 2), 6);
  expect(after["slow.bias"]).toBeCloseTo(2 - 0.1, 6);
  expect(after["quick.weight"]).toBeCloseTo(2 - (1 + 0.5 * 2), 6);
});

test("an l2 decay is each group's own, too", () => {
  const optimizer = createOptimizer({
    kind: "sgd",
    learningRate: 0.1,
    decay: { form: "l2", rate: 0.5 },
    groups: [{ match: "b", weightDecay: 0 }],
  });
  const parameters: Record<string, tf.Tensor> = { a: tf.tensor1d([2]), b: tf.tensor1d([2]) };
  const state = optimizer.initialise(parameters);
  optimizer.step(parameters, { a: tf.tensor1d([1]), b: tf.tensor1d([1]) }, state, 0);
  expect((parameters["a"] as tf.Tensor).dataSync()[0]).toBeCloseTo(2 - 0.1 * 2, 6);
  expect((parameters["b"] as tf.Tensor).dataSync()[0]).toBeCloseTo(2 - 0.1, 6);
});

test("a pattern that fits nothing is refused with the names that there are", () => {
  const optimizer = createOptimizer({
    kind: "sgd",
    learningRate: 0.1,
    groups: [{ match: "embeding", frozen: true }],
  });
  expect(() => optimizer.initialise({ embedding: tf.zeros([1]) })).toThrow(
    "no parameter fits the group embeding: the network has embedding",
  );
});
