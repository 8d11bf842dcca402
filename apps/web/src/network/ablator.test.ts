import { stopBackend, useBackend } from "@grok/backend";
import { ablate, type Component, parseComponent } from "@grok/inspect";
import { initialise, type Parameters } from "@grok/models";
import {
  assemble,
  type Experiment,
  modelOf,
  resolveExperiment,
  subjectOf,
  train,
} from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createInspector } from "./inspector";

beforeAll(() => useBackend("wasm", { threads: 1 }));
afterAll(() => stopBackend());

const experimentOf = (preset: string, flags: Record<string, string>) =>
  resolveExperiment({ preset, flags });

const small = [
  ["nanda", { p: "7", "d-model": "16" }],
  ["mlx", { p: "7", "d-model": "16", "n-heads": "2", op: "+" }],
  ["quadratic", { p: "7", width: "16" }],
] as const;

const drawn = (experiment: Experiment): Parameters => initialise(modelOf(experiment), 0);

describe.each(small)("%s", (preset, flags) => {
  const experiment = experimentOf(preset, flags);

  test("with nothing taken out the answers are those of the view", async () => {
    const parameters = drawn(experiment);
    const inspector = createInspector(experiment);
    const { answers } = await inspector.snapshot(parameters, 5);
    const view = await (await inspector.ablator()).ablate(parameters, 5, []);
    expect(view.answers).toEqual(answers);
    expect(view.after).toEqual(view.before);
    tf.dispose(parameters);
  });

  test("without parts the score is that of @grok/inspect, and its edits give the same one", async () => {
    const parameters = drawn(experiment);
    const ablator = await createInspector(experiment).ablator();
    const parts = [...(preset !== "quadratic" ? ["head:0.1"] : []), "neuron:0.3", "frequency:2"];
    const view = await ablator.ablate(parameters, 5, parts);
    const assembly = assemble(experiment);
    const components = parts.map((part): Component => parseComponent(part));
    const { val_loss, train_acc } = await ablate(subjectOf(assembly, parameters), components);
    expect(view.after.val_loss).toBeCloseTo(val_loss as number, 6);
    expect(view.after.train_acc).toBe(train_acc);
    expect(view.after.val_loss).not.toBeCloseTo(view.before.val_loss as number, 6);

    // Trained so slowly that weights stay as they are, a run with these edits has the same loss.
    const run = experimentOf(preset, {
      ...flags,
      steps: "2",
      "eval-every": "1",
      "stop-on-grok": "no",
      lr: "1e-9",
      "weight-decay": "0",
      change: `1: ${view.edits}`,
    });
    const losses: (number | null)[] = [];
    for await (const event of train(run)) {
      if (event.type === "evaluation") losses.push(event.record.val_loss);
    }
    expect(losses.at(-1)).toBeCloseTo(view.after.val_loss as number, 4);
    tf.dispose(parameters);
  });
});

test("a network without a table, or with examples that never end, has nothing to take out", async () => {
  const stream = createInspector(experimentOf("addition-777", { digits: "2" }));
  expect(stream.scene.ablation).toBeNull();
  await expect(stream.ablator()).rejects.toThrow("nothing can be taken out of this network");
  expect(createInspector(experimentOf("nanda", { p: "211" })).scene.ablation).toBeNull();
});
