import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tiny } from "../../test/tiny";
import { assemble } from "../experiment/assembly";
import { dataOf } from "../experiment/build";
import type { Experiment } from "../experiment/experiment";
import { Network } from "./network";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const sizes = { p: 7, "d-model": 8, "batch-size": 8 };

/** The loss of one batch under weights that are always the same, at a step and with a seed. */
async function lossAt(experiment: Experiment, step: number, seed = 0): Promise<number> {
  const network = new Network(assemble({ ...experiment, seed }));
  const parameters = network.model.initialise(1);
  const ready = network.prepare(dataOf(experiment).batch(0));
  const { value, gradients } = network.gradients(parameters, ready, step);
  const [loss] = await value.loss.data();
  tf.dispose([parameters, gradients, value.loss, value.correct ?? [], ready.answers]);
  return loss as number;
}

describe("Network", () => {
  it("drops features out by a mask that seed and step decide", async () => {
    const dropping = tiny("mlx-swiglu", { ...sizes, dropout: 0.5 });
    const first = await lossAt(dropping, 0);
    expect(await lossAt(dropping, 0)).toBe(first);
    const others = [
      await lossAt(dropping, 1),
      await lossAt(dropping, 2),
      await lossAt(dropping, 0, 1),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it("does not depend on the step without dropout", async () => {
    const whole = tiny("mlx-swiglu", { ...sizes, dropout: 0 });
    expect(await lossAt(whole, 1)).toBe(await lossAt(whole, 0));
    expect(await lossAt(whole, 0)).not.toBe(await lossAt(tiny("mlx-swiglu", sizes), 0));
  });

  it("evaluates without dropout", async () => {
    const [dropping, whole] = [0.5, 0].map((dropout) => tiny("mlx-swiglu", { ...sizes, dropout }));
    const scores = [dropping, whole].map(async (experiment) => {
      const network = new Network(assemble(experiment as Experiment));
      const parameters = network.model.initialise(1);
      const { validationSet } = dataOf(experiment as Experiment);
      const plan = network.plan(validationSet, false);
      const { loss } = await network.score(parameters, [{ plan, answers: validationSet }]);
      tf.dispose(parameters);
      return loss;
    });
    const [a, b] = await Promise.all(scores);
    expect(a).toBe(b);
  });

  it("has the same gradient with and without each shortcut", async () => {
    const experiment = tiny("mlx", { ...sizes, "n-layers": 2 });
    const of = async (shortcuts: Experiment["shortcuts"]) => {
      const network = new Network(assemble({ ...experiment, shortcuts }));
      const parameters = network.model.initialise(1);
      const ready = network.prepare(dataOf(experiment).batch(0));
      const { value, gradients } = network.gradients(parameters, ready, 0);
      const gradient = gradients["layers.0.attention.key.weight"] as tf.Tensor;
      const values = Array.from(await gradient.data());
      tf.dispose([parameters, gradients, value.loss, value.correct ?? [], ready.answers]);
      return values;
    };
    const off = { sharedPrefixes: false, answerOnly: false, tokenTables: false };
    const plain = await of(off);
    for (const shortcut of Object.keys(off)) {
      const got = await of({ ...off, [shortcut]: true });
      for (const [i, value] of got.entries()) expect(value).toBeCloseTo(plain[i] as number, 6);
    }
    expect(Math.max(...plain.map(Math.abs))).toBeGreaterThan(1e-4);
  });
});
