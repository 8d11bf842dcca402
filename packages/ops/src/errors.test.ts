import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  activate,
  add,
  attention,
  dropout,
  embedding,
  embeddingSum,
  embeddingTables,
  hinge,
  labelSquaredError,
  layerNorm,
  linear,
  reshape,
  rmsNorm,
  softmaxCrossEntropy,
  squaredError,
  swiglu,
} from ".";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const ids = () => tf.tensor1d([0, 1], "int32");

describe("wrong use is one sentence that says what was wrong and what is allowed", () => {
  const wrong: [string, () => unknown, RegExp][] = [
    [
      "activate",
      () => activate(tf.ones([2]), "swish" as "silu"),
      /unknown activation "swish".*relu/,
    ],
    ["add", () => add(tf.ones([2]), tf.ones([3])), /add: \[2\] and \[3\]/],
    ["linear, sizes", () => linear(tf.ones([2, 3]), tf.ones([4, 5])), /linear: x \[2,3\]/],
    ["linear, bias", () => linear(tf.ones([2, 3]), tf.ones([3, 5]), tf.ones([3])), /bias \[3\]/],
    [
      "linear, transposed",
      () => linear(tf.ones([2, 3]), tf.ones([3, 5]), undefined, { transposeWeight: true }),
      /transposed/,
    ],
    ["embedding, type", () => embedding(tf.ones([2, 2]), tf.ones([2])), /ids must be int32/],
    ["embedding, rank", () => embedding(tf.ones([2]), ids()), /table is \[rows, width\]/],
    ["embeddingSum", () => embeddingSum(tf.ones([2, 2]), ids()), /ids \[2\]/],
    ["embeddingTables", () => embeddingTables(tf.ones([2, 3]), tf.ones([4, 5])), /slots·d/],
    ["layerNorm", () => layerNorm(tf.ones([2, 3]), tf.ones([2])), /gain \[2\]/],
    ["rmsNorm", () => rmsNorm(tf.ones([2, 3]), tf.ones([2])), /gain \[2\]/],
    ["swiglu", () => swiglu(tf.ones([2, 3]), tf.ones([2, 2])), /one shape/],
    ["dropout, rate", () => dropout(tf.ones([2]), { rate: 1, key: 0 }), /outside \[0, 1\)/],
    ["dropout, key", () => dropout(tf.ones([2]), { rate: 0.5, key: 0.5 }), /not an integer/],
    ["reshape", () => reshape(tf.ones([2, 3]), [4]), /different sizes/],
    ["hinge, labels", () => hinge(tf.ones([2, 3]), tf.ones([2])), /hinge: labels must be int32/],
    ["hinge, margin", () => hinge(tf.ones([2, 3]), ids(), { margin: 0 }), /margin is 0/],
    [
      "hinge, binary",
      () => hinge(tf.ones([2, 3]), ids(), { binary: true }),
      /\[n, 1\] or \[n, 2\], not \[2,3\]/,
    ],
    [
      "squared error, scale",
      () => labelSquaredError(tf.ones([2, 3]), ids(), { scale: 0 }),
      /scale 0 and center 0/,
    ],
    ["squared error, shapes", () => squaredError(tf.ones([2, 3]), tf.ones([2, 2])), /one shape/],
    ["squared error, type", () => squaredError(tf.ones([2, 1]), ids()), /must be float32/],
    [
      "smoothing",
      () => softmaxCrossEntropy(tf.ones([2, 3]), ids(), { smoothing: 1 }),
      /label smoothing is 1: it must be in \[0, 1\)/,
    ],
    [
      "smoothing, precision",
      () => softmaxCrossEntropy(tf.ones([2, 3]), ids(), { smoothing: 0.1, precision: "float64" }),
      /goes with softmax in float32, not with softmax in float64/,
    ],
    ["labels", () => softmaxCrossEntropy(tf.ones([2, 3]), tf.ones([2])), /labels must be int32/],
    ["group", () => softmaxCrossEntropy(tf.ones([2, 3]), ids(), { group: 3 }), /groups of 3/],
    [
      "normalizer",
      () => softmaxCrossEntropy(tf.ones([2, 3]), ids(), { normalizer: "max" as "softmax" }),
      /allowed are softmax, stablemax/,
    ],
    [
      "precision",
      () => softmaxCrossEntropy(tf.ones([2, 3]), ids(), { precision: "float16" as "float32" }),
      /allowed are float32, float64/,
    ],
    [
      "attention, heads",
      () => {
        const x = tf.ones([2, 4]);
        const queries = tf.tensor2d([[0, 0, 1]], [1, 3], "int32");
        return attention(x, x, x, queries, tf.tensor2d([[0]], [1, 1], "int32"), { heads: 3 });
      },
      /4 does not divide among 3 heads/,
    ],
    [
      "attention, rotary",
      () => {
        const x = tf.ones([2, 3]);
        const queries = tf.tensor2d([[0, 0, 1]], [1, 3], "int32");
        const keys = tf.tensor2d([[0]], [1, 1], "int32");
        return attention(x, x, x, queries, keys, { heads: 1, rotaryBase: 10 });
      },
      /even width, not of 3/,
    ],
  ];
  for (const [name, use, message] of wrong) {
    test(name, () => {
      expect(use).toThrow(message);
    });
  }
});

test("dropout of rate 0 is the identity, and a mask's share of zeros is its rate", () => {
  const x = tf.ones([10_000]);
  expect(dropout(x, { rate: 0, key: 1 })).toBe(x);
  const zeros = dropout(x, { rate: 0.2, key: 7 })
    .dataSync()
    .filter((value: number) => value === 0).length;
  // Five standard deviations of a binomial count.
  expect(Math.abs(zeros - 2000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.2 * 0.8));
});

test("a row of logits that are not numbers is not counted as right", () => {
  const logits = tf.tensor2d([Number.NaN, Number.NaN, 1, 0], [2, 2]);
  const { correct } = softmaxCrossEntropy(logits, tf.tensor1d([0, 0], "int32"));
  expect(correct.dataSync()[0]).toBe(1);
});
