import "@tensorflow/tfjs-backend-cpu";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "@grok/data";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { collect, timeless, tiny, tinyExperiments } from "../../test/tiny";
import type { Experiment } from "../experiment/experiment";
import type { ForkRunOptions } from "../fork/fork-run";
import { train } from "../loop/train";
import { experimentOf } from "../run/config";
import { createRun } from "./create-run";
import { forkRun } from "./fork-run";
import { openRun } from "./open-run";
import { readCheckpoint, readRun } from "./read-run";

let parent: string;
beforeAll(async () => void (await tf.setBackend("cpu")));
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "grok-fork-"));
});
afterEach(() => rm(parent, { recursive: true }));

const at = (name: string) => join(parent, name);

async function begin(name: string, experiment: Experiment, until?: number): Promise<void> {
  const store = await createRun(at(name), experiment);
  await collect(train(experiment, { store, ...(until === undefined ? {} : { until }) }));
  await store.close();
}

async function goOn(name: string): Promise<void> {
  const { config, store, checkpoint } = await openRun(at(name));
  await collect(train(experimentOf(config), { store, resumeFrom: checkpoint }));
  await store.close();
}

async function forkTo(name: string, options: ForkRunOptions, from = "run") {
  const plan = await forkRun(at(from), () => at(name), options);
  await goOn(name);
  return plan;
}

/** That two runs have the same records, and the same checkpoints as far as both have them. */
async function expectSame(name: string, other: string): Promise<void> {
  const [one, two] = [await readRun(at(name)), await readRun(at(other))];
  expect(timeless(one.records)).toEqual(timeless(two.records));
  expect(timeless(one.summary ?? {})).toEqual(timeless(two.summary ?? {}));
  const paths = new Map(two.checkpoints.map(({ step, path }) => [step, path]));
  const common = one.checkpoints.filter(({ step }) => paths.has(step));
  expect(common.length).toBeGreaterThan(0);
  for (const { step, path } of common) {
    const [a, b] = await Promise.all([readCheckpoint(path), readCheckpoint(paths.get(step) ?? "")]);
    expect(a.parameters).toEqual(b.parameters);
    expect(a.optimizer).toEqual(b.optimizer);
    expect({ ...timeless(a.progress), interrupted: null }).toEqual({
      ...timeless(b.progress),
      interrupted: null,
    });
  }
}

const all = (experiment: Experiment, checkpointEvery: number): Experiment => ({
  ...experiment,
  training: { ...experiment.training, checkpointEvery, keepCheckpoints: "all", stopOnGrok: false },
});

describe.each([
  "running metrics over uneven batches",
  "Muon and decay to the first weights",
  "a stream, clipping, cosine and Grokfast-EMA",
  "a full batch and Grokfast-MA",
])("a fork of %s without changes", (name) => {
  const experiment = all(tinyExperiments[name] as Experiment, 3);
  const steps = randomStream(0, name).integerArray(11, 5);

  it(`is the run, at steps ${Array.from(steps, (step) => step + 1).join(", ")}`, async () => {
    await begin("run", experiment);
    for (const [i, step] of steps.entries()) {
      await forkTo(`fork-${i}`, { at: step + 1 });
      await expectSame(`fork-${i}`, "run");
    }
  });
});

const flags = { p: 7, "d-model": 8, "batch-size": 8, steps: 12, "eval-every": 2 };
const trunk = all(tiny("mlx", flags), 4);

describe("a fork with other settings", () => {
  it.each([3, 4, 5, 9])(
    "is the run that was trained so from its beginning, at %d",
    async (step) => {
      await begin("run", trunk);
      const change = `${step}: weight-decay=0 scale=tokenEmbedding:2`;
      const { from, config } = await forkTo("fork", {
        at: step,
        flags: { weightDecay: 0, change: `${step}: scale=tokenEmbedding:2` },
      });
      expect(from).toBe(4 * Math.floor(step / 4));
      await begin("whole", all(tiny("mlx", { ...flags, change }), 4));
      await expectSame("fork", "whole");
      expect(config.forkedFrom).toMatchObject({ run: "run", step });
      expect((await readRun(at("fork"))).config.forkedFrom).toEqual(config.forkedFrom);
    },
  );

  it("forks again, before and behind what was changed", async () => {
    await begin("run", trunk);
    await forkTo("fork", { at: 5, flags: { weightDecay: 0 } });
    await forkTo("later", { at: 9, flags: { lr: 0.1 } }, "fork");
    await forkTo("before", { at: 3, flags: { lr: 0.1 } }, "fork");
    await begin("one", all(tiny("mlx", { ...flags, change: "5: weight-decay=0; 9: lr=0.1" }), 4));
    await begin("two", all(tiny("mlx", { ...flags, change: "3: lr=0.1; 5: weight-decay=0" }), 4));
    await expectSame("later", "one");
    await expectSame("before", "two");
  });

  it("continues past the end of its parent with more steps", async () => {
    await begin("run", trunk);
    await expect(forkTo("fork", { at: 12 })).rejects.toThrow(
      "A fork at step 12 has nothing to train, as the run is to end at step 12; give more --steps.",
    );
    await forkTo("fork", { at: 12, flags: { steps: 16, lr: 0.1 } });
    expect((await readRun(at("fork"))).summary?.steps).toBe(16);
  });

  it("begins again if there is no checkpoint before its step", async () => {
    await begin("run", trunk);
    const { from, notices } = await forkTo("fork", { at: 2, flags: { lr: 0.1 } });
    expect(from).toBe(0);
    expect(notices).toEqual([
      "There is no checkpoint: the run is trained again up to step 2, to the same bytes.",
    ]);
    await begin("whole", all(tiny("mlx", { ...flags, change: "2: lr=0.1" }), 4));
    await expectSame("fork", "whole");
  });

  it("does not stop at once where its parent has grokked", async () => {
    const grokked = tiny("mlx", { ...flags, "grok-threshold": 0.001, "stop-on-grok": true });
    await begin("run", grokked);
    const { summary } = await readRun(at("run"));
    expect(summary).toMatchObject({ status: "grokked", steps: summary?.t_grok });
    const { notices, at: step } = await forkTo("fork", { at: "t_grok", flags: { lr: 0.1 } });
    expect(step).toBe(summary?.t_grok);
    expect(notices).toEqual([`It has grokked at step ${step}, and continues past that.`]);
    expect((await readRun(at("fork"))).summary?.steps).toBe(12);
  });
});

describe("what cannot be forked writes nothing", () => {
  it.each<[ForkRunOptions, RegExp]>([
    [{ at: 13 }, /has come to step 12; it can be forked at a step from 1 to that, not at 13/],
    [{ at: 0 }, /from 1 to that, not at 0/],
    [{ at: "t_grok" }, /has not grokked, so that it has no t_grok to be forked at/],
    [{ at: 5, flags: { change: "5: freeze=tokenEmbeding" } }, /did you mean tokenEmbedding\?/],
    [{ at: 5, flags: { p: 5 } }, /gives the task a vocabulary of/],
    [{ at: 5, flags: { change: "3: lr=1" } }, /cannot change what was before it, at step 3/],
    [{ at: 5, flags: { seed: 3 } }, /--seed cannot change in mid-run/],
  ])("%j", async (options, sentence) => {
    await begin("run", trunk);
    await expect(forkTo("fork", options)).rejects.toThrow(sentence);
    expect(await readdir(parent)).toEqual(["run"]);
  });

  it("a second change at one step", async () => {
    await begin("run", all(tiny("mlx", { ...flags, change: "5: lr=0.1" }), 4));
    await expect(forkTo("fork", { at: 5, flags: { lr: 1 } })).rejects.toThrow(
      "There are two changes at step 5; make them one.",
    );
  });
});
