import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { attention } from "./attention/attention";
import { backendFacts, describeBackend } from "./backend-facts";
import { wrongIndexMessage, wrongIndices } from "./conformance/wrong-indices";
import { embedding } from "./embedding/embedding";
import { softmaxCrossEntropy } from "./softmax-cross-entropy/softmax-cross-entropy";

beforeAll(() => tf.setBackend("cpu"));

it.each(Object.entries(wrongIndices))("refuses %s", (_, call) => {
  expect(() => tf.tidy(() => void call())).toThrow(RangeError);
  expect(() => tf.tidy(() => void call())).toThrow(wrongIndexMessage);
});

it("says which integer is wrong, and what is allowed", () => {
  const ids = tf.tensor1d([4, 9], "int32");
  expect(() => embedding(tf.ones([5, 2]), ids)).toThrow(
    "embedding: ids has 9, and must be from 0 to 4, one for each row of the table",
  );
  expect(() => softmaxCrossEntropy(tf.ones([2, 5]), ids)).toThrow(
    "softmaxCrossEntropy: labels has 9, and must be from 0 to 4, one for each class",
  );
});

it("looks at each tensor once, and does not wait for a device that has its numbers", () => {
  // Other tests use this backend too.
  const before = backendFacts();
  onTestFinished(() => describeBackend(before));
  const integersOf = vi.fn(() => [0, 1]);
  describeBackend({ versions: {}, integersOf });
  const ids = tf.tensor1d([0, 1], "int32");
  for (let step = 0; step < 3; step++) embedding(tf.ones([2, 2]), ids);
  expect(integersOf).toHaveBeenCalledTimes(1);
  expect(() => embedding(tf.ones([1, 2]), ids)).toThrow(RangeError);
  describeBackend({ versions: {}, integersOf: () => undefined });
  // Nobody knows them: the kernel keeps them within the table.
  embedding(tf.ones([2, 2]), tf.tensor1d([0, 1], "int32"));
});

it("does not look at keys that no query of attention counts", () => {
  const queries = tf.tensor2d([[0, 0, 1]], [1, 3], "int32");
  const keyRows = tf.tensor2d([[2, -1]], [1, 2], "int32");
  const rows = tf.ones([3, 2]);
  expect(attention(rows, rows, rows, queries, keyRows, { heads: 1 }).shape).toEqual([1, 2]);
  const few = tf.ones([2, 2]);
  expect(() => attention(rows, few, few, queries, keyRows, { heads: 1 })).toThrow(
    "attention: keyRows has 2, and must be from 0 to 1, one for each row of k",
  );
});
