import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createOptimizer } from "./create-optimizer";
import { fixedNorm } from "./fixed-norm";
import { adamW } from "./optimizers/adam";
import { sgd } from "./optimizers/sgd";
import { disposeState } from "./state";
import { draw, steps, values } from "./testing/sequence";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const normOf = (parameters: Record<string, tf.Tensor>) =>
  Math.hypot(...Object.values(values(parameters)).flat());

describe("fixedNorm", () => {
  test("one step by hand: (3, 4) and (12), which has norm 13", () => {
    const optimizer = fixedNorm(sgd({ learningRate: 0.5 }));
    const parameters: Record<string, tf.Tensor> = {
      a: tf.tensor1d([3, 4]),
      b: tf.tensor1d([12]),
    };
    const state = optimizer.initialise(parameters);
    expect(state["fixedNorm.norm"]?.dataSync()[0]).toBe(13);
    // The step leads to (3, 0) and (4), of norm 5; times 13/5 that is (7.8, 0) and (10.4).
    const gradients = { a: tf.tensor1d([0, 8]), b: tf.tensor1d([16]) };
    optimizer.step(parameters, gradients, state, 0);
    expect(values(parameters).a?.[0]).toBeCloseTo(7.8, 5);
    expect(values(parameters).a?.[1]).toBe(0);
    expect(values(parameters).b?.[0]).toBeCloseTo(10.4, 5);
  });

  test("descends a linear loss on the circle: tan θ grows by η/(c·cos θ)", () => {
    const [eta, c] = [0.25, 2];
    const optimizer = fixedNorm(sgd({ learningRate: eta }), { norm: c });
    const parameters: Record<string, tf.Tensor> = { w: tf.tensor1d([c, 0]) };
    const state = optimizer.initialise(parameters);
    let angle = 0;
    for (let step = 0; step < 60; step++) {
      // The loss is −w₂.
      optimizer.step(parameters, { w: tf.tensor1d([0, -1]) }, state, step);
      angle = Math.atan(Math.tan(angle) + eta / (c * Math.cos(angle)));
      const [x, y] = values(parameters).w as [number, number];
      expect(x).toBeCloseTo(c * Math.cos(angle), 5);
      expect(y).toBeCloseTo(c * Math.sin(angle), 5);
    }
    // The only minimum on the circle.
    expect(angle).toBeGreaterThan(1.56);
  });

  test("keeps the norm of all parameters together, whatever the optimizer and its decay", () => {
    for (const optimizer of [
      fixedNorm(adamW({ learningRate: 0.1, weightDecay: 1 })),
      createOptimizer({
        kind: "muon",
        learningRate: 0.1,
        weightNorm: "initial",
        filters: [{ kind: "grokfastEma" }],
      }),
    ]) {
      const parameters = draw(1);
      const norm = normOf(parameters);
      const before = values(parameters);
      const state = optimizer.initialise(parameters);
      for (let step = 0; step < 20; step++) {
        steps(optimizer, parameters, state, step, step + 1);
        expect(Math.abs(normOf(parameters) / norm - 1)).toBeLessThan(1e-6);
      }
      expect(values(parameters)).not.toEqual(before);
      disposeState(state);
    }
  });

  test("goes the same way as the optimizer alone for one step, and a number sets the norm", () => {
    const free = draw(1);
    const held = draw(1);
    const rule = () => adamW({ learningRate: 0.1, weightDecay: 0 });
    const optimizer = createOptimizer({
      kind: "adamw",
      learningRate: 0.1,
      decay: { form: "zero", rate: 0 },
      weightNorm: 7,
    });
    steps(rule(), free, rule().initialise(free), 0, 1);
    steps(optimizer, held, optimizer.initialise(held), 0, 1);
    const factor = 7 / normOf(free);
    for (const [name, list] of Object.entries(values(held))) {
      for (const [i, value] of list.entries()) {
        expect(value).toBeCloseTo(factor * (values(free)[name]?.[i] as number), 5);
      }
    }
  });

  test("leaks nothing, and refuses norms and names that cannot be", () => {
    const optimizer = fixedNorm(adamW({ learningRate: 0.1 }));
    const parameters = draw(1);
    const state = optimizer.initialise(parameters);
    steps(optimizer, parameters, state, 0, 1);
    const before = tf.memory().numTensors;
    steps(optimizer, parameters, state, 1, 6);
    expect(tf.memory().numTensors).toBe(before);
    expect(() => fixedNorm(adamW({ learningRate: 1 }), { norm: 0 })).toThrow(
      new RangeError("fixedNorm: norm must be a number > 0, not 0"),
    );
    const twice = fixedNorm(fixedNorm(adamW({ learningRate: 1 })));
    expect(() => twice.initialise(parameters)).toThrow(/keeps fixedNorm.norm too/);
    expect(tf.memory().numTensors).toBe(before);
  });
});
