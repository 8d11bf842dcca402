import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { attention, attentionWeights } from "../attention/attention";
import { add } from "../elementwise/elementwise";
import { embeddingTables } from "../embedding/embedding-tables";
import { registerStockGradients } from "../gradients/stock-gradients";
import { valueAndGradients } from "../gradients/value-and-gradients";
import { linear } from "../linear/linear";
import { countMultiplyAdds } from "./multiply-adds";

beforeAll(async () => {
  await tf.setBackend("cpu");
  await registerStockGradients();
});

/** The multiply-adds of a computation, whose tensors are freed. */
function count(run: () => unknown): number {
  return tf.tidy(() => countMultiplyAdds(() => void run()).multiplyAdds);
}

test("a product of [m, k] and [k, n] has m·k·n, ours as tfjs's, transposed or not", () => {
  const [x, weight] = [tf.ones([5, 3]) as tf.Tensor2D, tf.ones([3, 7]) as tf.Tensor2D];
  expect(count(() => linear(x, weight))).toBe(5 * 3 * 7);
  expect(count(() => linear(x, tf.transpose(weight), undefined, { transposeWeight: true }))).toBe(
    5 * 3 * 7,
  );
  expect(count(() => tf.matMul(x, weight))).toBe(5 * 3 * 7);
  expect(count(() => tf.matMul(x, tf.transpose(weight), false, true))).toBe(5 * 3 * 7);
  expect(count(() => tf.matMul(x, x, true, false))).toBe(3 * 5 * 3);
  expect(count(() => tf.matMul(tf.ones([4, 2, 3]), tf.ones([1, 3, 6])))).toBe(4 * 2 * 3 * 6);
});

test("forward and backward of a linear map are three products", () => {
  const parameters = { weight: tf.ones([3, 7]) };
  const x = tf.ones([5, 3]);
  const loss = () => ({ loss: tf.sum(linear(x, parameters.weight)) as tf.Scalar });
  // Nothing is learned about x, and its gradient is computed nevertheless.
  expect(count(() => valueAndGradients(parameters, loss))).toBe(3 * 5 * 3 * 7);
});

test("attention counts the pairs that its queries take, not those that they could take", () => {
  const rows = tf.ones([4, 6]);
  const queries = tf.tensor2d([0, 0, 1, 1, 0, 2, 2, 0, 3, 3, 0, 4], [4, 3], "int32");
  const keyRows = tf.tensor2d([0, 1, 2, 3], [1, 4], "int32");
  const pairs = 1 + 2 + 3 + 4;
  const options = { heads: 2 };
  expect(count(() => attention(rows, rows, rows, queries, keyRows, options))).toBe(2 * pairs * 6);
  expect(count(() => attentionWeights(rows, rows, queries, keyRows, options))).toBe(pairs * 6);
  const loss = () => ({
    loss: tf.sum(attention(rows, rows, rows, queries, keyRows, options)) as tf.Scalar,
  });
  expect(count(() => valueAndGradients({ rows }, loss))).toBe((2 + 4) * pairs * 6);
});

test("tables of a first layer count a product per slot, sums of numbers nothing", () => {
  const [embedding, weight] = [tf.ones([11, 4]), tf.ones([8, 5])];
  expect(count(() => embeddingTables(embedding, weight))).toBe(2 * 11 * 4 * 5);
  expect(count(() => add(weight, weight))).toBe(0);
});

test("counts do not contain each other, and an error ends one", () => {
  expect(() => countMultiplyAdds(() => countMultiplyAdds(() => 0))).toThrow(
    "countMultiplyAdds: a count is in progress; counts do not contain each other",
  );
  expect(countMultiplyAdds(() => 3)).toEqual({ value: 3, multiplyAdds: 0 });
});
