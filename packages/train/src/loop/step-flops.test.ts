import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { stepFlops } from "./step-flops";

beforeAll(() => tf.setBackend("cpu"));

test("an MLP of squares has three products of its second layer", async () => {
  const flags = { p: 11, width: 20, "train-fraction": 0.5 };
  const experiment = resolveExperiment({ preset: "quadratic", flags });
  // Half of 121 pairs; one-hot operands take sums of rows and no product.
  expect(await stepFlops(experiment)).toBe(2 * 3 * 60 * 20 * 11);
});

test("batches are averaged over, and no tensor is left", async () => {
  const flags = { p: 7, "d-model": 8, "batch-size": 8, "train-fraction": 0.8 };
  const experiment = resolveExperiment({ preset: "mlx", flags });
  const { numTensors } = tf.memory();
  const mean = await stepFlops(experiment);
  const first = await stepFlops(experiment, { steps: 1 });
  expect(mean).toBeGreaterThan(0);
  // Examples share prefixes, now more, now fewer.
  expect(mean).not.toBe(first);
  expect(Math.abs(mean / first - 1)).toBeLessThan(0.3);
  expect(tf.memory().numTensors).toBe(numTensors);
});

test("an optimizer's products count", async () => {
  const flags = { p: 7, "d-model": 8, "batch-size": 8, "train-fraction": 0.8 };
  const adamW = resolveExperiment({ preset: "mlx", flags });
  const muon = resolveExperiment({ preset: "mlx", flags: { ...flags, optimizer: "muon" } });
  expect(await stepFlops(muon)).toBeGreaterThan(await stepFlops(adamW));
});
