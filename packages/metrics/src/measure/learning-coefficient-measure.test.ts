import { linear } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { factsOf, p } from "../../test/mlp-facts";
import { computeMeasures, selectMeasures } from "./catalogue";
import { Snapshot } from "./snapshot";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** Logits that are ten times the parameters, alike for all inputs: with each answer once the best are equal. */
const context = factsOf("+", {
  train: Int32Array.from({ length: p }, (_, row) => row),
  forward: ({ b }, rows) => linear(tf.fill([rows.length, 1], 10), b as tf.Tensor),
});
const only = () => selectMeasures(["learning-coefficient"], context).measures;

test("at a minimum it is what the curvatures say, and the chains have settled", async () => {
  const values = await computeMeasures(only(), new Snapshot(context, { b: tf.zeros([1, p]) }));
  // p − 1 directions of curvature 100/p; along the one of equal logits nothing changes.
  const pull = (p / Math.log(p)) * (100 / p);
  const want = ((p - 1) * pull) / (2 * (pull + 100)) / 0.95;
  expect(Math.abs((values.learning_coefficient as number) / want - 1)).toBeLessThan(0.1);
  expect(values.learning_coefficient_error).toBeLessThan(0.1 * want);
  expect(values.learning_coefficient_r_hat).toBeLessThan(1.05);
});

test("where the chains find a lower loss it is null", async () => {
  // One answer's logit is 20 too high.
  const b = tf.tensor2d(
    Array.from({ length: p }, (_, i) => (i === 3 ? 2 : 0)),
    [1, p],
  );
  const values = await computeMeasures(only(), new Snapshot(context, { b }));
  expect(values.learning_coefficient).toBeNull();
  expect(values.learning_coefficient_error).toBeNull();
  expect(values.learning_coefficient_r_hat).toSatisfy(Number.isFinite);
  expect(values.learning_coefficient_trend).toSatisfy(Number.isFinite);
});

test("must be asked for by its name", () => {
  const all = selectMeasures(["all"], context).measures.map(({ name }) => name);
  expect(all).toContain("sharpness");
  expect(all).not.toContain("learning-coefficient");
});
