import "@tensorflow/tfjs-backend-cpu";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { collect as all, tiny } from "../../test/tiny";
import { defineExtension, defineMetric } from "../kind/define";
import type { Extensions } from "../kind/extension";
import { train } from "../loop/train";
import type { TrainOptions } from "../loop/train-options";
import { createRun } from "../node/create-run";
import { openRun } from "../node/open-run";
import { readRun } from "../node/read-run";
import { resolveExperiment } from "../preset/resolve";
import { experimentOf } from "./config";

const flags = { p: 7, width: 8, "embed-dim": 4, steps: 6, "eval-every": 2, "checkpoint-every": 2 };
const measure = (_: unknown, step: number) => ({ twice: 2 * step, half: step / 2 });

let folder: string;
beforeAll(async () => {
  await tf.setBackend("cpu");
});
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "grok-columns-")), "run");
});
afterEach(() => rm(join(folder, ".."), { recursive: true }));

async function begun(experiment = tiny("mlp", flags), options: TrainOptions = {}, until = 2) {
  const { extensions } = options;
  const store = await createRun(folder, experiment, { extensions });
  await all(train(experiment, { ...options, store, until }));
  await store.close();
}

/** Opens the run and continues with it to its end; gives what was said and its last record. */
async function resumed(options: TrainOptions = {}) {
  const { extensions } = options;
  const { config, store, checkpoint, notices } = await openRun(folder, { extensions });
  try {
    await all(train(experimentOf(config), { ...options, store, resumeFrom: checkpoint }));
  } finally {
    await store.close();
  }
  const { records } = await readRun(folder);
  return { notices, last: records.at(-1) };
}

const both = "the columns twice, half, which no metric of the run gives";

it("continues with the columns of a measure that is given again", async () => {
  await begun(undefined, { measure });
  expect((await resumed({ measure })).last).toMatchObject({ step: 6, twice: 12, half: 3 });
});

it("refuses a resume in code that forgets them, and ends them if it says so", async () => {
  await begun(undefined, { measure });
  await expect(resumed()).rejects.toThrow(
    `The records up to the checkpoint have ${both}; give train the measure that added them, or measure: null to continue without.`,
  );
  const { notices, last } = await resumed({ measure: null });
  expect(notices).toEqual([
    `The records so far have ${both}: they end here, unless train is given the measure that added them.`,
  ]);
  expect(last).toMatchObject({ step: 6 });
  expect(last).not.toHaveProperty("twice");
});

it("tells of them also if the run has no checkpoint yet and begins again", async () => {
  await begun(tiny("mlp", { ...flags, "checkpoint-every": 100 }), { measure: () => ({ own: 1 }) });
  const { checkpoints } = await readRun(folder);
  for (const { path } of checkpoints) await rm(path);
  const { store, notices } = await openRun(folder);
  await store.close();
  expect(notices.at(-1)).toMatch(/have the column own, .*: it ends here, unless/);
});

/** A value in code, whose metric `name` is no longer there if it has another one. */
const extension = (name: string): Extensions => [
  defineExtension({
    name: "mine",
    metrics: [defineMetric({ name, description: "Some number.", value: () => 1 })],
  }),
];

it("takes the columns of an extension's metric for what the extension gives", async () => {
  const extensions = extension("some-number");
  const given = { ...flags, metrics: "default", "metrics-every": 1 };
  await begun(resolveExperiment({ preset: "mlp", flags: given, extensions }), { extensions });
  const without = extension("other-number");
  const { store, notices: told } = await openRun(folder, { extensions: without });
  await store.close();
  expect(told).toEqual([expect.stringMatching(/^The records so far have the column some_number,/)]);
  const { notices, last } = await resumed({ extensions });
  expect(notices).toEqual([]);
  expect(last).toMatchObject({ step: 6, some_number: 1 });
});

it("refuses to open a run whose metric is named and is not there any more", async () => {
  const extensions = extension("some-number");
  const given = { ...flags, metrics: "some-number" };
  await begun(resolveExperiment({ preset: "mlp", flags: given, extensions }), { extensions });
  await expect(openRun(folder, { extensions: extension("other-number") })).rejects.toThrow(
    /metrics must name some of .*, not "some-number"/,
  );
  expect((await readRun(folder)).records).toHaveLength(2);
});
