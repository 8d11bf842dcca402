import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { hinge } from "./hinge";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const read = ({ loss, correct }: ReturnType<typeof hinge>) => [
  loss.dataSync()[0],
  correct.dataSync()[0],
];

test("a label that leads by the margin costs nothing", () => {
  const outputs = tf.tensor2d([[2, 1, 0.5]]);
  expect(read(hinge(outputs, tf.tensor1d([0], "int32")))).toEqual([0, 1]);
  // 2 − 2 + 1 and 2 − 2 + .5 are late.
  const [late] = read(hinge(outputs, tf.tensor1d([0], "int32"), { margin: 2 }));
  expect(late).toBeCloseTo((1 + 0.5) / 3, 6);
});

test("binary: one output's sign, or the difference of two, is the answer", () => {
  const labels = tf.tensor1d([1, 0, 1, 0], "int32");
  const outputs = tf.tensor2d([[0.5], [0.5], [-3], [-3]]);
  const one = read(hinge(outputs, labels, { binary: true }));
  expect(one[0]).toBeCloseTo((0.5 + 1.5 + 4 + 0) / 4, 6);
  expect(one[1]).toBe(2);
  const pairs = tf.concat([tf.zeros([4, 1]), outputs], 1);
  expect(read(hinge(pairs, labels, { binary: true }))).toEqual(one);
});

test("an output of 0 is an answer of 0, and NaN none", () => {
  const outputs = tf.tensor2d([[0], [0], [Number.NaN]]);
  const labels = tf.tensor1d([0, 1, 0], "int32");
  expect(read(hinge(outputs, labels, { binary: true }))[1]).toBe(1);
});
