import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { registerStockGradients } from "./stock-gradients";
import { valueAndGradients } from "./value-and-gradients";

test("registers the gradients of stock operations, and leaves those of the program", async () => {
  await tf.setBackend("cpu");
  const w = tf.tensor2d([0.5, -0.5], [2, 1]);
  const x = tf.tensor2d([1, 2], [1, 2]);
  const gradients = () =>
    valueAndGradients({ w }, () => ({ loss: tf.mean(tf.tanh(tf.matMul(x, w))) as tf.Scalar }));
  expect(gradients).toThrow("registerStockGradients");
  const ours = { kernelName: "Exp", gradFunc: () => ({ x: () => tf.scalar(3) }) };
  tf.registerGradient(ours);

  await registerStockGradients();
  await registerStockGradients();
  const slope = 1 - Math.tanh(-0.5) ** 2;
  const [first, second] = gradients().gradients["w"]?.dataSync() ?? [];
  expect(first).toBeCloseTo(slope, 5);
  expect(second).toBeCloseTo(2 * slope, 5);
  expect(tf.getGradient("Exp")).toBe(ours);
});
