import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { add, scale } from "./elementwise";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to six digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(6)) + 0));

test("adds and scales", () => {
  const x = tf.tensor2d([[1, -2]]);
  expect(rows(add(x, tf.tensor2d([[0.5, 2]])))).toEqual([[1.5, 0]]);
  expect(rows(scale(x, -3))).toEqual([[-3, 6]]);
  expect(() => add(x, tf.tensor2d([[1]]))).toThrow("add: [1,2] and [1,1] must be one shape");
});
