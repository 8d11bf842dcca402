import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { probeSpeed } from "./probe-speed";

beforeAll(() => tf.setBackend("cpu"));

const small = resolveExperiment({
  preset: "mlp",
  flags: { p: 7, width: 8, "embed-dim": 4, "batch-size": 9 },
});

test.each([
  ["shorter than a step: the first one is enough", 1e-9],
  ["of some steps", 0.02],
])("measures for a time %s", async (_, seconds) => {
  const { numTensors } = tf.memory();
  const speed = await probeSpeed(small, seconds);
  expect(speed).toBeGreaterThan(0);
  expect(speed).toBeLessThan(1e6);
  expect(tf.memory().numTensors).toBe(numTensors);
});

test("ends with its signal's reason", async () => {
  const reason = new Error("enough");
  await expect(probeSpeed(small, 0.02, AbortSignal.abort(reason))).rejects.toBe(reason);
});
