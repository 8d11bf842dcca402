import "@tensorflow/tfjs-backend-cpu";
import { RandomSource, relativeDifference } from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { egalitarian } from "./egalitarian";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A matrix with orthonormal columns, by Gram and Schmidt. */
function orthonormal(seed: number, rows: number, columns: number): tf.Tensor2D {
  const drawn = tf.tensor2d(new RandomSource(seed).normals(rows * columns), [columns, rows]);
  const found: tf.Tensor1D[] = [];
  for (const row of tf.unstack(drawn) as tf.Tensor1D[]) {
    let rest = row;
    // Twice, so that single precision leaves nothing.
    for (const other of [...found, ...found]) {
      rest = tf.sub(rest, tf.mul(other, tf.sum(tf.mul(other, rest))));
    }
    found.push(tf.div(rest, tf.norm(rest)));
  }
  return tf.transpose(tf.stack(found)) as tf.Tensor2D;
}

const changed = (gradient: tf.Tensor) =>
  egalitarian().apply({ w: gradient }, { w: gradient }, {}, 0)["w"] as tf.Tensor;

test.each([
  [6, 9],
  [9, 6],
  [7, 7],
])("of G = U·S·Vᵀ, [%d, %d], it makes U·Vᵀ, whatever the scale", (rows, columns) => {
  const rank = Math.min(rows, columns);
  const [u, v] = [orthonormal(1, rows, rank), orthonormal(2, columns, rank)];
  const wanted = tf.matMul(u, v, false, true).dataSync();
  for (const scale of [1e-6, 1, 1e4]) {
    const sizes = Array.from({ length: rank }, (_, i) => scale * 10 ** ((-4 * i) / (rank - 1)));
    const gradient = tf.matMul(tf.mul<tf.Tensor2D>(u, tf.tensor1d(sizes)), v, false, true);
    // The smallest of them is 10⁻⁴ of the largest, which float32 knows to 10⁻³.
    expect(relativeDifference(changed(gradient).dataSync(), wanted)).toBeLessThan(
      scale < 1 ? 0.1 : 5e-3,
    );
  }
});

test("directions without gradient stay so, and vectors are left as they are", () => {
  const empty = tf.tensor2d([3, 0, 0, 0], [2, 2]);
  const values = changed(empty).dataSync();
  expect(values[0]).toBeCloseTo(1, 5);
  expect([values[1], values[2], values[3]]).toEqual([0, 0, 0]);
  expect([...changed(tf.tensor1d([3, 4])).dataSync()]).toEqual([3, 4]);
  expect([...changed(tf.zeros([2, 2])).dataSync()]).toEqual([0, 0, 0, 0]);
  expect(() => egalitarian({ steps: 0 })).toThrow(
    "egalitarian: steps must be a whole number ≥ 1, not 0",
  );
});
