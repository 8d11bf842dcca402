import "@tensorflow/tfjs-backend-cpu";
import { squaredError, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { mlp } from "../architectures/mlp";
import { networkOf } from "../network/network-of";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const network = networkOf(
  mlp(97, {
    input: { kind: "features", width: 3 },
    vocabulary: 0,
    slots: 0,
    width: 4,
    depth: 2,
    classes: 1,
    activation: "square",
    initStds: { weight: 0.5, bias: 0 },
  }),
);
const features = Float32Array.of(1, 0, -1, 2, 0.5, 0);
const batch = { tokens: new Int32Array(0), features, size: 2, length: 0, answerPositions: [0] };

test("an MLP on real numbers is W2·(W1·x + b1)² + b2, with gradients", () => {
  const parameters = network.initialise(0);
  expect([...(parameters["layers.0.bias"] as tf.Tensor).dataSync()]).toEqual([0, 0, 0, 0]);
  const plan = network.plan(batch);
  const outputs = network.forward(parameters, plan);
  const plain = tf.matMul(
    tf.square(tf.matMul(tf.tensor2d(features, [2, 3]), parameters["layers.0.weight"] as tf.Tensor)),
    parameters["layers.1.weight"] as tf.Tensor,
  );
  const [ours, theirs] = [outputs.dataSync(), plain.dataSync()];
  expect(outputs.shape).toEqual([2, 1]);
  for (const [i, value] of ours.entries()) expect(value).toBeCloseTo(theirs[i] as number, 5);
  const { gradients } = valueAndGradients(parameters, () => ({
    loss: squaredError(network.forward(parameters, plan), tf.zeros([2, 1])),
  }));
  expect(gradients["layers.0.weight"]?.shape).toEqual([3, 4]);
  expect(network.anatomy.embedding).toBeNull();
});

test("features that do not fit are refused", () => {
  expect(() => network.plan({ ...batch, size: 3 })).toThrow(
    "a batch of 3 examples of 3 features cannot have 6 numbers",
  );
  const broken = Float32Array.of(1, 0, -1, 2, Number.NaN, 0);
  expect(() => network.plan({ ...batch, features: broken })).toThrow(
    "feature 1 of example 1 is NaN: it must be finite",
  );
});
