import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { valueAndGradients } from "../gradients/value-and-gradients";
import { labelSquaredError, squaredError } from "./squared-error";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const labels = () => tf.tensor1d([0, 2], "int32");

test("one-hot targets cost nothing when they are met, scaled and centered ones likewise", () => {
  for (const [scale, center] of [
    [1, 0],
    [4, 0],
    [3, 0.25],
  ] as const) {
    const at = (hot: number) => scale * (hot - center);
    const rows = [
      [at(1), at(0), at(0)],
      [at(0), at(0), at(1)],
    ];
    const { loss, correct } = labelSquaredError(tf.tensor2d(rows), labels(), { scale, center });
    expect(loss.dataSync()[0]).toBeCloseTo(0, 6);
    expect(correct.dataSync()[0]).toBe(2);
  }
});

test("the mean is over rows and classes, and the slope 2(z − t)/(n·classes)", () => {
  const outputs = tf.tensor2d([
    [1, 2, 0],
    [0, 0, 0],
  ]);
  const { value, gradients } = valueAndGradients({ outputs }, (): { loss: tf.Scalar } => ({
    loss: labelSquaredError(outputs, labels()).loss,
  }));
  expect(value.loss.dataSync()[0]).toBeCloseTo((4 + 1) / 6, 6);
  const slopes = [0, 4 / 6, 0, 0, 0, -2 / 6];
  for (const [i, slope] of [...(gradients.outputs as tf.Tensor).dataSync()].entries()) {
    expect(slope).toBeCloseTo(slopes[i] as number, 6);
  }
});

test("a tiny loss keeps its digits in float32", () => {
  const outputs = tf.tensor2d([[1 + 2 ** -20, 0, 0]]);
  const { loss } = labelSquaredError(outputs, tf.tensor1d([0], "int32"));
  expect(loss.dataSync()[0]).toBe(Math.fround(2 ** -40 / 3));
});

test("a row with NaN is not right", () => {
  const outputs = tf.tensor2d([[1, Number.NaN, 0]]);
  const { correct } = labelSquaredError(outputs, tf.tensor1d([0], "int32"));
  expect(correct.dataSync()[0]).toBe(0);
});

test("real-valued targets: the mean over all values", () => {
  const loss = squaredError(tf.tensor2d([[1, 3]]), tf.tensor2d([[0, 1]]));
  expect(loss.dataSync()[0]).toBeCloseTo(2.5, 6);
});
