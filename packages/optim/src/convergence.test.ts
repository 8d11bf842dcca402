import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { OptimizerConfig } from "./config";
import { createOptimizer } from "./create-optimizer";
import { disposeState } from "./state";
import { parabola, rosenbrock, type Slope } from "./testing/slopes";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** How high the optimizer still is after this many steps. */
function descend(config: OptimizerConfig, slope: Slope, steps: number): number {
  const optimizer = createOptimizer(config);
  const parameters = { ...slope.start };
  const state = optimizer.initialise(parameters);
  const before = tf.memory().numTensors;
  for (let step = 0; step < steps; step++) {
    const gradients = slope.gradients(parameters);
    optimizer.step(parameters, gradients, state, step);
    tf.dispose(gradients);
  }
  expect(tf.memory().numTensors).toBe(before);
  const height = slope.height(parameters);
  disposeState(state);
  tf.dispose(parameters);
  return height;
}

const cosine = (totalSteps: number) => ({ kind: "cosineDecay", totalSteps }) as const;
const muon = { kind: "muon", matrices: ["layers.0.a.weight"] } as const;

describe("goes to the bottom of a parabola", () => {
  const schedule = cosine(400);
  const none = { form: "zero", rate: 0 } as const;
  test.each<[string, OptimizerConfig]>([
    ["sgd", { kind: "sgd", learningRate: 0.2 }],
    ["sgd with momentum", { kind: "sgd", learningRate: 0.05, momentum: 0.9 }],
    ["sgd, Nesterov", { kind: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true }],
    ["adam", { kind: "adam", learningRate: 0.1, schedule }],
    ["adamw", { kind: "adamw", learningRate: 0.1, decay: none, schedule }],
    [
      "adamw, uncorrected",
      { kind: "adamw", learningRate: 0.1, decay: none, biasCorrection: false, schedule },
    ],
    ["lion", { kind: "lion", learningRate: 0.05, schedule }],
    ["muon", { ...muon, learningRate: 0.1, adamw: { learningRate: 0.1 }, schedule }],
    [
      "sgd behind Grokfast-EMA",
      { kind: "sgd", learningRate: 0.05, filters: [{ kind: "grokfastEma", alpha: 0.9 }] },
    ],
    [
      "sgd behind Grokfast-MA",
      { kind: "sgd", learningRate: 0.02, filters: [{ kind: "grokfastMa", window: 5 }] },
    ],
    [
      "sgd behind clipping",
      { kind: "sgd", learningRate: 0.2, filters: [{ kind: "clip", maxNorm: 1 }] },
    ],
  ])("%s", (_name, config) => {
    expect(parabola().height(parabola().start)).toBeGreaterThan(10);
    expect(descend(config, parabola(), 400)).toBeLessThan(1e-4);
  });
});

describe("goes to the end of Rosenbrock's valley", () => {
  test.each<[string, OptimizerConfig, number]>([
    ["sgd with momentum", { kind: "sgd", learningRate: 2e-4, momentum: 0.98 }, 3000],
    ["adam", { kind: "adam", learningRate: 0.05, schedule: cosine(3000) }, 3000],
    [
      "adamw",
      {
        kind: "adamw",
        learningRate: 0.05,
        decay: { form: "zero", rate: 0 },
        schedule: cosine(3000),
      },
      3000,
    ],
    ["lion", { kind: "lion", learningRate: 0.01, schedule: cosine(6000) }, 6000],
    ["muon", { ...muon, learningRate: 0.01, schedule: cosine(6000) }, 6000],
  ])("%s", (_name, config, steps) => {
    expect(rosenbrock().height(rosenbrock().start)).toBeGreaterThan(20);
    expect(descend(config, rosenbrock(), steps)).toBeLessThan(1e-3);
  });
});

test("decay to zero, to the initial weights and L2 end where their balance says", () => {
  // Slope c·(w − t) against decay λ: decoupled SGD and L2 both rest where c·(w − t) = −λ·(w − w₀).
  const rest = (form: "zero" | "initial" | "l2", start: number) => {
    const optimizer = createOptimizer({
      kind: "sgd",
      learningRate: 0.1,
      decay: { form, rate: 0.5 },
    });
    const parameters: Record<string, tf.Tensor> = { w: tf.tensor1d([start]) };
    const state = optimizer.initialise(parameters);
    for (let step = 0; step < 200; step++) {
      const gradients = tf.tidy(() => ({ w: tf.mul(tf.sub(parameters.w as tf.Tensor, 3), 1) }));
      optimizer.step(parameters, gradients, state, step);
      tf.dispose(gradients);
    }
    return (parameters.w as tf.Tensor).dataSync()[0];
  };
  expect(rest("zero", 9)).toBeCloseTo(2, 5);
  expect(rest("l2", 9)).toBeCloseTo(2, 5);
  expect(rest("initial", 9)).toBeCloseTo((3 + 0.5 * 9) / 1.5, 5);
});
