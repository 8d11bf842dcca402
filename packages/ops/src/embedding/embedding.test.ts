import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { embedding } from "./embedding";
import { embeddingSum } from "./embedding-sum";
import { embeddingTables } from "./embedding-tables";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to six digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(6)) + 0));

test("rows by their ids", () => {
  const table = tf.tensor2d([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(rows(embedding(table, tf.tensor1d([2, 0, 2], "int32")))).toEqual([
    [5, 6],
    [1, 2],
    [5, 6],
  ]);
});

test("an MLP's first layer is a sum of rows of tables: the product, computed once per symbol", () => {
  const symbols = tf.tensor2d([[1], [10]]); // p = 2, d = 1
  const weight = tf.tensor2d([
    [1, 2],
    [3, -4],
  ]); // two slots of one feature
  const tables = embeddingTables(symbols, weight);
  expect(rows(tables)).toEqual([
    [1, 2],
    [10, 20],
    [3, -4],
    [30, -40],
  ]);
  // Symbols 1 and 0: rows 1 and 2 + 0, that is [10, 1] · weight.
  const ids = tf.tensor2d([[1, 2]], [1, 2], "int32");
  expect(rows(embeddingSum(tables, ids))).toEqual([[13, 16]]);
  const bias = tf.tensor1d([1, -20]);
  const options = { activation: "relu", scale: 0.5 } as const;
  expect(rows(embeddingSum(tables, ids, bias, options))).toEqual([[7, 0]]);
});
