import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { swiglu } from "./swiglu";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to six digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(6)) + 0));

test("silu(gate) · up", () => {
  // silu(1) = 1/(1 + e⁻¹) = .731059.
  const [gate, up] = [tf.tensor2d([[1, 0, -1]]), tf.tensor2d([[2, 5, 10]])];
  expect(rows(swiglu(gate, up))).toEqual([[1.462117, 0, -2.689414]]);
});
