import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { rmsNorm } from "./rms-norm";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to six digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(6)) + 0));

test("divides by the root of the mean square, then the gain", () => {
  // √((9 + 16) / 2) = 3.535534.
  const x = tf.tensor2d([[3, -4]]);
  expect(rows(rmsNorm(x, tf.tensor1d([1, 2]), { eps: 1e-12 }))).toEqual([[0.848528, -2.262742]]);
});
