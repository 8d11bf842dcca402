import "@tensorflow/tfjs-backend-cpu";
import { createRunFiles, experimentOf, resolveExperiment, train } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { Library, type RunLabel } from "../storage/library";
import { placeOf, planBranch, writeBranch } from "./branch";
import { readStoredRun } from "./stored-run";

let library: Library;
let parent: RunLabel;

const failed = (error: unknown) => {
  throw error;
};

beforeAll(async () => {
  await tf.setBackend("cpu");
  // Without a browser's storage it keeps runs in memory.
  library = await Library.open();
  const experiment = resolveExperiment({
    preset: "mlp",
    flags: { p: 5, width: 8, embedDim: 4, steps: 40, evalEvery: 10, checkpointEvery: 20 },
  });
  const [label, files] = await library.create("a/b mod 5", failed);
  parent = label;
  const store = await createRunFiles(files, { ...experiment, backend: "cpu" });
  for await (const _ of train(experiment, { store, until: 30 }));
  await store.close();
});

const plan = async (at: number, fields: Record<string, string>) =>
  planBranch(await library.read(parent.id), { id: parent.id, at, fields });

it("says beside which field what is wrong, and how much is trained again", async () => {
  expect(await plan(20, { "weight-decay": "0" })).toMatchObject({
    ok: true,
    text: "weight-decay=0",
    notices: [],
  });
  expect(await plan(25, { lr: "0.1", changes: "zero=embedding; 30: loss=mse" })).toMatchObject({
    ok: true,
    text: "25: lr=0.1 zero=embedding; 30: loss=mse",
    notices: [expect.stringMatching(/nearest checkpoint is of step 20.* up to step 25/)],
  });
  expect(await plan(20, { lr: "0.1", freeze: "embeding" })).toMatchObject({
    ok: false,
    field: "freeze",
    error: expect.stringMatching(/fits no parameter/),
  });
  for (const [field, text] of [
    ["weight-decay", "much"],
    ["lr", "1 zero=embedding"],
    ["steps", "20"],
    ["changes", "lr"],
    ["changes", "p=7"],
    ["changes", "10: lr=1"],
  ] as const) {
    expect(await plan(20, { [field]: text })).toMatchObject({ ok: false, field });
  }
  expect(await plan(31, { lr: "0.1" })).toMatchObject({
    ok: false,
    field: null,
    error: "a/b mod 5 has come to step 30; it can be forked at a step from 1 to that, not at 31.",
  });
  expect(await library.list()).toHaveLength(1);
});

it("knows what holds at a step", async () => {
  const { values, parameters } = await placeOf(await library.read(parent.id), 20);
  expect(values).toMatchObject({ steps: "40", lr: "0.001", "train-fraction": "0.45" });
  expect(parameters).toContain("embedding");
});

it("writes a branch as a run of its own, named by what differs", async () => {
  const planned = await plan(20, { "weight-decay": "0" });
  if (!planned.ok) throw new Error(planned.error);
  const label = await writeBranch(library, parent, planned.prepared, failed);
  expect(label).toMatchObject({ name: "a/b mod 5 · 20: weight-decay=0", parent: parent.id });
  const { config, records, checkpoints } = await readStoredRun(await library.read(label.id));
  expect(config.forkedFrom).toMatchObject({ run: "a/b mod 5", step: 20 });
  expect(experimentOf(config).changes).toEqual([{ at: 20, set: { "optimizer.weightDecay": 0 } }]);
  expect(records.map(({ step }) => step)).toEqual([1, 10, 20]);
  expect(checkpoints.map(({ step }) => step)).toEqual([20]);
});
