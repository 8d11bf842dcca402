import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { OptimizerConfig } from "./config";
import { createOptimizer } from "./create-optimizer";
import { adamW } from "./optimizers/adam";
import { disposeState, exportState, restoreState } from "./state";
import { draw, shapes, steps, values } from "./testing/sequence";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const learningRate = 0.1;
const configs: Record<string, OptimizerConfig> = {
  sgd: { kind: "sgd", learningRate, momentum: 0.9, dampening: 0.5 },
  adam: { kind: "adam", learningRate },
  "adamw with decay to the initial weights": {
    kind: "adamw",
    learningRate,
    decay: { form: "initial", rate: 1 },
    schedule: { kind: "cosineDecay", warmupSteps: 2, totalSteps: 9 },
  },
  lion: { kind: "lion", learningRate },
  "adamw at its initial norm": { kind: "adamw", learningRate, weightNorm: "initial" },
  "muon at a given norm": { kind: "muon", learningRate, weightNorm: 3 },
  muon: { kind: "muon", learningRate, decay: { form: "initial", rate: 0.5 } },
  "sgd behind all filters": {
    kind: "sgd",
    learningRate,
    filters: [
      { kind: "clip", maxNorm: 1 },
      { kind: "grokfastEma", alpha: 0.9 },
      { kind: "grokfastMa", window: 4 },
      { kind: "orthogonal" },
    ],
    decay: { form: "l2", rate: 0.1 },
  },
};

const bytes = (tensors: Record<string, tf.Tensor>) =>
  Object.entries(tensors).map(([name, tensor]) => [
    name,
    Buffer.from(new Uint8Array(Float32Array.from(tensor.dataSync()).buffer)).toString("hex"),
  ]);

describe("a state saved and restored continues with the same bytes", () => {
  for (const [name, config] of Object.entries(configs)) {
    test.each([1, 6])(`${name}, after %i steps`, async (half) => {
      const straight = draw(1);
      const optimizer = createOptimizer(config);
      const state = optimizer.initialise(straight);
      steps(optimizer, straight, state, 0, half);
      const saved = await exportState(state);
      const parameters = Object.fromEntries(
        Object.entries(straight).map(([key, tensor]) => [
          key,
          tf.tensor(tensor.dataSync().slice(), tensor.shape),
        ]),
      );
      steps(optimizer, straight, state, half, 11);
      // The saved arrays are copies: going on must not have changed them.
      const other = createOptimizer(config);
      const before = tf.memory().numTensors;
      const restored = restoreState(other, parameters, saved);
      expect(tf.memory().numTensors).toBe(before + saved.size);
      steps(other, parameters, restored, half, 11);
      expect(bytes(parameters)).toEqual(bytes(straight));
      expect(bytes(restored)).toEqual(bytes(state));
      disposeState(restored);
      expect(tf.memory().numTensors).toBe(before);
    });
  }
});

test("names say what a tensor is", () => {
  const parameters = draw(1);
  const optimizer = createOptimizer(configs["sgd behind all filters"] as OptimizerConfig);
  const names = Object.keys(optimizer.initialise(parameters));
  expect(names).toContain("sgd.velocity.layers.0.attention.query.weight");
  expect(names).toContain("grokfastEma.h.layers.0.attention.query.weight");
  expect(names).toContain("grokfastMa.window.3.tokenEmbedding");
  expect(names).toContain("grokfastMa.sum.tokenEmbedding");
  const muon = createOptimizer(configs.muon as OptimizerConfig).initialise(parameters);
  expect(Object.keys(muon)).toEqual([
    "muon.m.layers.0.attention.query.weight",
    "muon.m.layers.0.feedForward.in.weight",
    "muon.initial.layers.0.attention.query.weight",
    "muon.initial.layers.0.feedForward.in.weight",
    ...["m", "v", "initial"].flatMap((slot) =>
      ["tokenEmbedding", "layers.0.feedForward.in.bias", "finalNorm.gain"].map(
        (name) => `adamW.${slot}.${name}`,
      ),
    ),
  ]);
});

test("a state that does not fit is refused, and nothing is left of the attempt", async () => {
  const optimizer = adamW({ learningRate });
  const parameters = draw(1);
  const state = optimizer.initialise(parameters);
  const saved = await exportState(state);
  const before = tf.memory().numTensors;
  const restore = (change: (copy: typeof saved) => void) => () => {
    const copy = new Map(saved);
    change(copy);
    restoreState(optimizer, parameters, copy);
  };
  expect(restore((copy) => copy.delete("adamW.v.finalNorm.gain"))).toThrow(
    new RangeError("the saved state lacks adamW.v.finalNorm.gain"),
  );
  expect(
    restore((copy) => copy.set("lion.m.x", { shape: [1], data: new Float32Array(1) })),
  ).toThrow(new RangeError("the saved state has lion.m.x, which this optimizer does not know"));
  expect(
    restore((copy) =>
      copy.set("adamW.v.finalNorm.gain", { shape: [2], data: new Float32Array(2) }),
    ),
  ).toThrow(/has shape \[2\] in the saved state; this optimizer needs \[3\]/);
  expect(tf.memory().numTensors).toBe(before);
});

test("initial state: moments zero, the initial weights a copy of their own", () => {
  const optimizer = createOptimizer({
    kind: "adamw",
    learningRate,
    decay: { form: "initial", rate: 1 },
  });
  const parameters = draw(1);
  const state = optimizer.initialise(parameters);
  for (const [name, shape] of Object.entries(shapes)) {
    expect(state[`adamW.m.${name}`]?.shape).toEqual(shape);
    expect([...(state[`adamW.v.${name}`]?.dataSync() ?? [Number.NaN])].every((x) => x === 0)).toBe(
      true,
    );
    const initial = state[`adamW.initial.${name}`] as tf.Tensor;
    expect(initial.dataId).not.toBe(parameters[name]?.dataId);
    expect([...initial.dataSync()]).toEqual(values(parameters)[name]);
  }
});
