import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { activationGradientReference, activationReference } from "./activation";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to six digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(6)) + 0));

test("each kind at −1, 0 and 2, and its derivative there", () => {
  const x = tf.tensor2d([[-1, 0, 2]]);
  const ones = tf.onesLike(x);
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const six = (values: number[]) => [values.map((value) => Number(value.toFixed(6)) + 0)];
  const cases = [
    ["none", [-1, 0, 2], [1, 1, 1]],
    ["relu", [0, 0, 2], [0, 0, 1]],
    ["square", [1, 0, 4], [-2, 0, 4]],
    ["silu", [-sigmoid(-1), 0, 2 * sigmoid(2)], [0.072329, 0.5, 1.090784]],
  ] as const;
  for (const [kind, values, derivatives] of cases) {
    expect(rows(activationReference(x, kind)), kind).toEqual(six([...values]));
    expect(rows(activationGradientReference(ones, x, kind)), kind).toEqual(six([...derivatives]));
  }
});
