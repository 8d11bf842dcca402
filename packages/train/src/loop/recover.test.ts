import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { collect, MemoryStore, timeless, tiny } from "../../test/tiny";
import type { Environment } from "../run/environment";
import { DivergenceError } from "./divergence";
import { train } from "./train";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const flags = { p: 7, "d-model": 8, "batch-size": 8, steps: 12, "eval-every": 4 };
const experiment = tiny("mlx", { ...flags, "stop-on-grok": false });

/** Throws once, in the evaluation of a step. */
function failsAt(step: number, error: Error) {
  let isDone = false;
  return (_parameters: unknown, at: number) => {
    if (at !== step || isDone) return {};
    isDone = true;
    throw error;
  };
}

it("continues from the last evaluation where it is recovered, with the same records", async () => {
  const whole = new MemoryStore();
  await collect(train(experiment, { store: whole }));
  const handed: [Environment, number][] = [];
  const store = Object.assign(new MemoryStore(), {
    handOver: async (environment: Environment, step: number) => {
      handed.push([environment, step]);
    },
  });
  const lost = new Error("the device was lost");
  const before = tf.memory().numTensors;
  const events = await collect(
    train(experiment, {
      store,
      measure: failsAt(8, lost),
      recover: async (error) => {
        expect(error).toBe(lost);
        const versions = { "my-device": "1.0.0" };
        // The backend that runs in fact counts, whatever the recovery says.
        return { environment: { arithmetic: "another", versions }, threads: 3 };
      },
    }),
  );
  expect(tf.memory().numTensors).toBe(before);
  expect(store.records.map(timeless)).toEqual(whole.records.map(timeless));
  expect(events.filter(({ type }) => type === "start").length).toBe(1);
  const loss = { step: 8, from: 4, backend: "cpu", reason: "the device was lost" };
  expect(events).toContainEqual({ type: "device-loss", loss });
  expect(store.summary).toMatchObject({ status: "finished", threads: 3, device_losses: [loss] });
  const versions = expect.objectContaining({ "my-device": "1.0.0" });
  expect(handed).toEqual([[{ backend: "cpu", arithmetic: "fused", versions }, 4]]);
});

it("begins again where nothing was evaluated yet", async () => {
  const store = new MemoryStore();
  const measure = failsAt(4, new Error("lost"));
  await collect(train(experiment, { store, measure, recover: async () => ({}) }));
  expect(store.records.map(({ step }) => step)).toEqual([4, 8, 12]);
  expect(store.summary?.device_losses).toMatchObject([{ step: 4, from: 0 }]);
});

it("fails where it is not recovered, and never recovers from a divergence", async () => {
  const asked: unknown[] = [];
  const recover = async (error: unknown) => {
    asked.push(error);
    return null;
  };
  for (const error of [new Error("lost"), new DivergenceError("The loss", Number.NaN, 8)]) {
    const store = new MemoryStore();
    const events = await collect(train(experiment, { store, measure: failsAt(8, error), recover }));
    expect(events.at(-1)).toMatchObject({ type: "end", cause: error });
    expect(store.summary).toMatchObject({ status: "failed", error: error.message });
  }
  expect(asked.length).toBe(1);
});
