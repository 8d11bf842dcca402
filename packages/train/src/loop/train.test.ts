import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  collect,
  laterExperiments,
  MemoryStore,
  timeless,
  tiny,
  tinyExperiments,
} from "../../test/tiny";
import type { Experiment } from "../experiment/experiment";
import { train } from "./train";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const all = { ...tinyExperiments, ...laterExperiments };
const first = tinyExperiments["running metrics over uneven batches"] as Experiment;

async function run(experiment: Experiment, options: Parameters<typeof train>[1] = {}) {
  const store = new MemoryStore();
  const events = await collect(train(experiment, { store, ...options }));
  return { store, events };
}

it("hears that it is to stop while it is set up, and can be begun again", async () => {
  const large = tiny("mlx", {
    task: "parity",
    samples: 2 ** 20,
    "d-model": 8,
    "batch-size": 8,
    steps: 4,
  });
  const { events, store } = await run(large, { signal: AbortSignal.abort() });
  expect(events.map(({ type }) => type)).toEqual(["start", "end"]);
  expect(events[0]).toMatchObject({ step: 0, trainSize: 2 ** 19, validationSize: 2 ** 19 });
  expect(store.summary).toMatchObject({ status: "interrupted", steps: 0, epochs: 0 });
  expect(store.checkpoints.size).toBe(0);
});

describe("train", () => {
  it("tells of a run from start to end", async () => {
    const { store, events } = await run(first);
    const told = events.filter(({ type }) => type !== "progress").map(({ type }) => type);
    expect(told.filter((type) => type !== "milestone")).toEqual([
      "start",
      "evaluation",
      "evaluation",
      "evaluation",
      "checkpoint",
      "end",
    ]);
    expect(events[0]).toMatchObject({
      // 7·6 equations, half of them to train on, in batches of 8, 8 and 5.
      type: "start",
      step: 0,
      steps: 12,
      stepsPerEpoch: 3,
      trainSize: 21,
      validationSize: 21,
      backend: "cpu",
    });
    expect(store.records.map(({ step, epoch }) => [step, epoch])).toEqual([
      [4, 4 / 3],
      [8, 8 / 3],
      [12, 4],
    ]);
    for (const record of store.records) {
      expect(record.train_loss).toBeGreaterThan(0);
      expect(record.val_loss).toBeGreaterThan(0);
      expect(record.elapsed_sec).toBeGreaterThan(0);
    }
    expect(events.at(-1)).toEqual({ type: "end", summary: store.summary });
    expect(store.summary).toMatchObject({ status: "finished", steps: 12, epochs: 4, seed: 0 });
    expect(store.summary).toMatchObject({ backend: "cpu", threads: null, t_grok: null });
    expect(store.summary?.best_val_acc).toBe(Math.max(...store.records.map((r) => r.val_acc)));
  });

  it("evaluates where asked: after the first step, at the cadence, at the end", async () => {
    const { store } = await run(tiny("mlp", { p: 5, width: 4, steps: 11, "eval-every": 4 }));
    expect(store.records.map(({ step }) => step)).toEqual([1, 4, 8, 11]);
  });

  it("averages the running metrics over the examples since the last evaluation", async () => {
    const flags = { p: 7, "d-model": 8, "batch-size": 8, steps: 3, "stop-on-grok": false };
    const each = await run(tiny("mlx", { ...flags, "eval-every": 1 }));
    const all = await run(tiny("mlx", { ...flags, "eval-every": 3 }));
    const sizes = [8, 8, 5];
    for (const metric of ["train_loss", "train_acc"] as const) {
      const mean =
        each.store.records.reduce((sum, r, i) => sum + r[metric] * (sizes[i] as number), 0) / 21;
      expect(all.store.records[0]?.[metric]).toBeCloseTo(mean, 12);
    }
    expect(each.store.records[0]?.train_loss).toBeGreaterThan(1);
  });

  it("learns", async () => {
    const flags = { p: 7, width: 64, "embed-dim": 16, steps: 300, "eval-every": 300, lr: 0.01 };
    const { store, events } = await run(tiny("mlp", { ...flags, "train-fraction": 0.8 }));
    expect(store.records.at(-1)?.train_acc).toBe(1);
    expect(store.summary?.t_mem).toBe(300);
    expect(events).toContainEqual({ type: "milestone", name: "t_mem", step: 300, epoch: 300 });
  });

  it("stops where it groks, and only if asked to", async () => {
    const flags = { p: 5, width: 8, steps: 40, "eval-every": 5, "grok-threshold": 1e-9 };
    const stopped = await run(tiny("mlp", { ...flags, "stop-on-grok": true, op: "*" }));
    const step = stopped.store.summary?.t_grok as number;
    expect(step).toBeLessThan(40);
    expect(stopped.store.summary).toMatchObject({ status: "grokked", steps: step });
    expect([...stopped.store.checkpoints.keys()]).toEqual([step]);
    const went = await run(tiny("mlp", { ...flags, op: "*" }));
    expect(went.store.summary).toMatchObject({ status: "grokked", steps: 40, t_grok: step });
  });

  it("makes checkpoints at their cadence and at the end", async () => {
    const { store } = await run({
      ...first,
      training: { ...first.training, checkpointEvery: 5 },
    });
    expect([...store.checkpoints.keys()]).toEqual([5, 10, 12]);
  });

  it("adds what is measured to the records", async () => {
    const { store } = await run(first, { measure: (_, step) => ({ twice: 2 * step }) });
    expect(store.records.map(({ twice }) => twice)).toEqual([8, 16, 24]);
  });

  it.each(Object.keys(all))("leaks no tensor: %s", async (name) => {
    const before = tf.memory().numTensors;
    const counts: number[] = [];
    const experiment = all[name] as Experiment;
    const measured = {
      ...experiment,
      training: { ...experiment.training, evalEvery: 1 },
    };
    const measure = () => {
      counts.push(tf.memory().numTensors);
      return {};
    };
    await run(measured, { measure });
    expect(counts).toHaveLength(12);
    // The full batch's labels stay from the first step on; everything else comes and goes.
    expect(new Set(counts).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("leaves no tensor behind where its consumer breaks off", async () => {
    const before = tf.memory().numTensors;
    for await (const event of train(first)) if (event.type === "evaluation") break;
    expect(tf.memory().numTensors).toBe(before);
  });

  it("lets a timer abort it, with a checkpoint of that very step", async () => {
    const controller = new AbortController();
    const long = { ...first, training: { ...first.training, steps: 1_000_000, evalEvery: 1e6 } };
    setTimeout(() => controller.abort(), 120);
    const { store, events } = await run(long, { signal: controller.signal, progressMs: 1 });
    expect(store.summary?.status).toBe("interrupted");
    expect([...store.checkpoints.keys()]).toEqual([store.summary?.steps]);
    const progress = events.filter(({ type }) => type === "progress");
    expect(progress.length).toBeGreaterThan(0);
    expect(store.records).toEqual([]);
  });

  it("is the same twice, and another with another seed", async () => {
    const [a, b, c] = [await run(first), await run(first), await run({ ...first, seed: 1 })];
    expect(timeless(a.store.records)).toEqual(timeless(b.store.records));
    expect((await a.store.last()).parameters).toEqual((await b.store.last()).parameters);
    expect(timeless(a.store.records)).not.toEqual(timeless(c.store.records));
  });

  it("refuses a backend that is not the one running", async () => {
    const wasm = { ...first, backend: "wasm" as const };
    await expect(collect(train(wasm))).rejects.toThrow(/backend wasm, but tfjs runs cpu/);
  });

  it("ends as failed with the cause where its store fails", async () => {
    const store = new MemoryStore();
    const full = new Error("The disk is full.");
    store.append = () => Promise.reject(full);
    const events = await collect(train(first, { store }));
    expect(events.at(-1)).toMatchObject({ type: "end", cause: full });
    expect(store.summary).toMatchObject({ status: "failed", error: "The disk is full." });
  });
});

describe("a run that diverges", () => {
  const diverging = (flags: object) =>
    tiny("mlp", {
      p: 7,
      width: 8,
      steps: 60,
      "eval-every": 50,
      "checkpoint-every": 1,
      optimizer: "sgd",
      lr: 1e12,
      "weight-decay": 0,
      "eval-at-start": false,
      ...flags,
    });

  it("fails, names the step, and stores no state that is not finite", async () => {
    const { store, events } = await run(diverging({}));
    const { status, error, steps } = store.summary as NonNullable<typeof store.summary>;
    expect(status).toBe("failed");
    expect(error).toMatch(/ at step \d+ is (NaN|-?Infinity); the run cannot continue\.$/);
    expect(error).toContain(`step ${steps}`);
    expect(steps).toBeLessThan(60);
    expect(events.at(-1)).toMatchObject({ type: "end", summary: { status: "failed" } });
    const { parameters, progress } = await store.last();
    expect(progress.step).toBeLessThan(steps + 1);
    for (const { data } of parameters.values()) {
      expect([...data].every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  it("is found by its evaluation where its last update was the bad one", async () => {
    const { store } = await run(diverging({ lr: 1e38, steps: 1, "checkpoint-every": 0 }));
    expect(store.summary?.status).toBe("failed");
    expect(store.summary?.error).toMatch(/^The (training|validation) loss at step 1 is /);
    expect(store.records).toEqual([]);
    expect(store.checkpoints.size).toBe(0);
  });

  it("is found by its weights before a checkpoint stores them", async () => {
    const { store } = await run(diverging({ lr: 1e39, steps: 2 }));
    expect(store.summary?.error).toMatch(/^Parameter \S+ at step 1 is /);
    expect(store.checkpoints.size).toBe(0);
  });

  it("is found without evaluation or checkpoint, within 100 steps", async () => {
    const { store } = await run(
      diverging({ steps: 5000, "eval-every": 5000, "checkpoint-every": 0 }),
    );
    expect(store.summary?.status).toBe("failed");
    expect(store.checkpoints.size).toBe(0);
    expect(store.records).toEqual([]);
  });
});

describe("a fixed weight norm", () => {
  const flags = { p: 7, "d-model": 8, "n-heads": 2, steps: 8, "eval-every": 2 };
  const norms = async (preset: string, given = {}) => {
    const { store } = await run(tiny(preset, { ...flags, ...given }));
    return store.records.map(({ weight_norm }) => weight_norm as number);
  };

  it("stays .8 of what Nanda's network begins with, where that one's changes", async () => {
    const held = await norms("omnigrok");
    // A learning rate of next to nothing leaves the initial weights as they are.
    const [initial = Number.NaN] = await norms("nanda", { lr: 1e-30, "weight-decay": 0 });
    expect(held).toHaveLength(5);
    for (const norm of held) expect(norm / (0.8 * initial)).toBeCloseTo(1, 5);
    const free = await norms("omnigrok", { "weight-norm": "none" });
    expect(Math.abs((free.at(-1) as number) / (0.8 * initial) - 1)).toBeGreaterThan(1e-4);
  });

  it("is what was asked for from the first step on", async () => {
    for (const norm of await norms("nanda", { "weight-norm": 3 })) expect(norm).toBeCloseTo(3, 5);
  });
});

describe("exact resume", () => {
  it.each(Object.keys(all))("gives the same bytes: %s", async (name) => {
    const experiment = all[name] as Experiment;
    const whole = await run(experiment);
    const wanted = await whole.store.last();
    for (const steps of [1, 4, 6, 11]) {
      const begun = await run(experiment, { until: steps });
      expect(begun.store.summary).toMatchObject({ status: "interrupted", steps });
      expect([...begun.store.checkpoints.keys()]).toEqual([steps]);
      const resumeFrom = await begun.store.last();
      const resumed = await run(experiment, { resumeFrom });
      expect(resumed.events[0]).toMatchObject({ type: "start", step: steps });
      const records = [...begun.store.records, ...resumed.store.records];
      expect(timeless(records)).toEqual(timeless(whole.store.records));
      expect(timeless(resumed.store.summary ?? {})).toEqual(timeless(whole.store.summary ?? {}));
      const got = await resumed.store.last();
      expect(got.parameters).toEqual(wanted.parameters);
      expect(got.optimizer).toEqual(wanted.optimizer);
      expect(timeless(got.progress)).toEqual(timeless(wanted.progress));
    }
  });

  it("holds after any number of stops", async () => {
    const whole = await run(first);
    let resumeFrom = null;
    const records = [];
    for (let stop = 0; stop < 12; stop++) {
      const part: Awaited<ReturnType<typeof run>> = await run(first, {
        resumeFrom,
        until: stop + 1,
      });
      records.push(...part.store.records);
      resumeFrom = await part.store.last();
    }
    expect(timeless(records)).toEqual(timeless(whole.store.records));
    expect(resumeFrom?.parameters).toEqual((await whole.store.last()).parameters);
  });

  it("remembers what it reached before", async () => {
    const flags = { p: 5, width: 8, op: "*", steps: 40, "eval-every": 5, "grok-threshold": 1e-9 };
    const grokking = tiny("mlp", flags);
    const whole = await run(grokking);
    const begun = await run(grokking, { until: 33 });
    const resumed = await run(grokking, { resumeFrom: await begun.store.last() });
    expect(begun.store.summary?.t_grok).toBe(whole.store.summary?.t_grok);
    expect(resumed.store.summary).toMatchObject({ t_grok: whole.store.summary?.t_grok });
    expect(begun.events.filter(({ type }) => type === "milestone").length).toBeGreaterThan(0);
    expect(resumed.events.filter(({ type }) => type === "milestone")).toEqual([]);
  });

  it("holds for a run that goes step by step", async () => {
    const whole = await run(first);
    let resumeFrom = null;
    for (let until = 1; until < 12; until++) {
      const part: Awaited<ReturnType<typeof run>> = await run(first, { resumeFrom, until });
      expect(part.store.summary).toMatchObject({ status: "interrupted", steps: until });
      resumeFrom = await part.store.last();
    }
    const end = await run(first, { resumeFrom });
    expect((await end.store.last()).parameters).toEqual((await whole.store.last()).parameters);
  });

  it("holds where an evaluation was cut off, which is then made first", async () => {
    const stopping = new AbortController();
    const phases: string[] = [];
    const begun = await run(first, {
      signal: stopping.signal,
      onPhase: (phase) => phases.push(phase),
      // Long enough for a turn, in which the wish to stop comes.
      measure: (_, step) => {
        if (step !== 8) return {};
        const until = performance.now() + 60;
        while (performance.now() < until);
        setImmediate(() => stopping.abort());
        return {};
      },
    });
    expect(begun.store.records.map(({ step }) => step)).toEqual([4]);
    expect(begun.store.summary).toMatchObject({ status: "interrupted", steps: 8 });
    expect(phases.slice(-3)).toEqual(["evaluation", "checkpoint write", "end"]);
    const resumed = await run(first, { resumeFrom: await begun.store.last() });
    const whole = await run(first);
    expect([...begun.store.records, ...resumed.store.records].map(timeless)).toEqual(
      whole.store.records.map(timeless),
    );
    expect((await resumed.store.last()).parameters).toEqual((await whole.store.last()).parameters);
  });

  it("counts the seconds on", async () => {
    const begun = await run(first, { until: 6 });
    const before = begun.store.summary?.elapsed_sec as number;
    const checkpoint = await begun.store.last();
    const longer = { ...checkpoint, progress: { ...checkpoint.progress, elapsedSec: 1000 } };
    const resumed = await run(first, { resumeFrom: longer });
    expect(before).toBeLessThan(1000);
    for (const { elapsed_sec } of resumed.store.records) expect(elapsed_sec).toBeGreaterThan(1000);
  });

  it("does nothing to a run that is done", async () => {
    const whole = await run(first);
    const again = await run(first, { resumeFrom: await whole.store.last() });
    expect(again.events.map(({ type }) => type)).toEqual(["start", "end"]);
    expect(timeless(again.store.summary ?? {})).toEqual(timeless(whole.store.summary ?? {}));
  });

  it("refuses another experiment's checkpoint", async () => {
    const whole = await run(first);
    const resumeFrom = await whole.store.last();
    const other = { ...first, seed: 5 };
    await expect(collect(train(other, { resumeFrom }))).rejects.toThrow(/another experiment/);
  });
});
