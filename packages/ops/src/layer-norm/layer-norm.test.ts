import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { layerNorm } from "./layer-norm";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to five digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(5)) + 0));

test("mean 0 and variance 1 over the last axis, then gain and bias", () => {
  // Mean 2, variance 8/3 = (1.632993)².
  const x = tf.tensor2d([[0, 2, 4]]);
  const gain = tf.tensor1d([1, 1, 2]);
  expect(rows(layerNorm(x, gain, undefined, { eps: 1e-12 }))).toEqual([[-1.22474, 0, 2.44949]]);
  const bias = tf.tensor1d([1, 2, 3]);
  expect(rows(layerNorm(x, gain, bias, { eps: 1e-12 }))).toEqual([[-0.22474, 2, 5.44949]]);
});
