import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { collect as eventsOf, MemoryStore } from "../../../test/tiny";
import { resolveExperiment, train } from "../../index";
import { experimentOfLink, linkOf } from "../../link/index";
import type { GivenFlags } from "../../preset/overrides";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const small = {
  steps: 40,
  "eval-every": 20,
  width: 24,
  "checkpoint-every": 0,
  "train-fraction": 0.6,
};

/** A short run's losses at its evaluations. */
async function lossesOf(flags: GivenFlags): Promise<number[]> {
  const experiment = resolveExperiment({
    preset: "order-parameters",
    flags: { ...small, ...flags },
  });
  expect(experimentOfLink(linkOf(experiment))).toEqual(experiment);
  const store = new MemoryStore();
  await eventsOf(train(experiment, { store }));
  return store.records.map(({ train_loss }) => train_loss as number);
}

test.each([
  { loss: "mse", p: 7 },
  { loss: "mse", p: 7, "target-scale": 3, activation: "square" },
  { loss: "hinge", p: 7, margin: 0.5 },
  { loss: "smoothed", p: 7, smoothing: 0.2 },
  { p: 7, activation: "tanh" },
  { task: "group", group: "D5" },
  { group: "C7:2C3", loss: "mse" },
])("%j trains, and its link gives it again", async (flags) => {
  const losses = await lossesOf(flags);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(losses.at(-1)).toBeLessThan(losses[0] as number);
});

test("a group that is none, and a setting of another loss, are refused in a sentence", () => {
  expect(() => resolveExperiment({ flags: { group: "X3" } })).toThrow(
    /There is no group "X3": write C7/,
  );
  expect(() => resolveExperiment({ flags: { loss: "mse", margin: 2 } })).toThrow(/margin/);
});
