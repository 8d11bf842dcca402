import { resolveExperiment } from "@grok/train";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { timeToGrok } from "./time-to-grok.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const sizes = { p: 7, width: 8, "embed-dim": 4, "batch-size": 9, "checkpoint-every": 0 };
const settings = { ...sizes, steps: 40, "eval-every": 10, seed: 3, backend: "cpu" };

it("says when a run had grokked, or that it has not", async () => {
  const easy = resolveExperiment({
    preset: "mlp",
    flags: { ...settings, "grok-threshold": 0.01, "stop-on-grok": true },
  });
  const run = await timeToGrok(easy);
  expect(run).toMatchObject({ seed: 3, status: "grokked" });
  expect([1, 10, 20, 30, 40]).toContain(run.tGrok);
  expect(run.seconds).toBeGreaterThan(0);
  const hard = resolveExperiment({ preset: "mlp", flags: { ...settings, "grok-threshold": 1 } });
  expect(await timeToGrok(hard)).toMatchObject({ status: "finished", tGrok: null });
});

it("throws what the training throws", async () => {
  const other = resolveExperiment({ preset: "mlp", flags: { ...settings, backend: "webgpu" } });
  await expect(timeToGrok(other)).rejects.toThrow(/asks for the backend webgpu/);
});
