import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { linear } from "./linear";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to six digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(6)) + 0));

test("x·W + b, with W as it lies or transposed, and an activation", () => {
  const x = tf.tensor2d([[1, 2]]);
  const weight = tf.tensor2d([
    [1, 0, -1],
    [3, 1, -2],
  ]); // [in, out]
  const bias = tf.tensor1d([10, 20, 0]);
  expect(rows(linear(x, weight))).toEqual([[7, 2, -5]]);
  expect(rows(linear(x, weight, bias, { activation: "relu" }))).toEqual([[17, 22, 0]]);
  const stored = tf.transpose(weight); // [out, in]
  expect(rows(linear(x, stored, bias, { transposeWeight: true }))).toEqual([[17, 22, -5]]);
});
