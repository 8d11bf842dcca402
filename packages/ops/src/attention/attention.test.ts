import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { attention, attentionWeights } from "./attention";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to six digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(6)) + 0));

// One head of one feature, so that a score is q·k.
const k = tf.tensor2d([[0], [1], [5]]);
const v = tf.tensor2d([[2], [4], [100]]);
const keyRows = tf.tensor2d([[0, 1, 2]], [1, 3], "int32");

test("a query of zero takes the mean of its keys, one of ln 3 weighs them 1 : 3", () => {
  const q = tf.tensor2d([[0], [Math.log(3)]]);
  // Row of q, list of keys, how many of the list: the third key is never seen.
  const queries = tf.tensor2d(
    [
      [0, 0, 2],
      [1, 0, 2],
    ],
    [2, 3],
    "int32",
  );
  expect(rows(attention(q, k, v, queries, keyRows, { heads: 1 }))).toEqual([[3], [3.5]]);
  const weights = attentionWeights(q, k, queries, keyRows, { heads: 1 }); // [queries, heads, depth]
  expect(rows(tf.reshape(weights, [2, 3]))).toEqual([
    [0.5, 0.5, 0],
    [0.25, 0.75, 0],
  ]);
});

test("the first position sees itself alone, and rows of q are shared", () => {
  const q = tf.tensor2d([[7]]);
  const queries = tf.tensor2d(
    [
      [0, 0, 1],
      [0, 0, 1],
    ],
    [2, 3],
    "int32",
  );
  expect(rows(attention(q, k, v, queries, keyRows, { heads: 1 }))).toEqual([[2], [2]]);
});
