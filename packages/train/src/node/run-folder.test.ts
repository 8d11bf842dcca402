import "@tensorflow/tfjs-backend-cpu";
import { createHash } from "node:crypto";
import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arithmetic } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { collect, timeless, tiny } from "../../test/tiny";
import type { Experiment } from "../experiment/experiment";
import { train } from "../loop/train";
import { encodeCheckpoint } from "../run/checkpoint";
import { experimentOf } from "../run/config";
import { RunError } from "../run/error";
import { fingerprint } from "../run/fingerprint";
import { checkRecords } from "./check-records";
import { createRun } from "./create-run";
import { exportRun } from "./export-run";
import { FolderInUseError } from "./folder-error";
import { openRun } from "./open-run";
import { readCheckpoint, readRun } from "./read-run";

const experiment = tiny("mlx", {
  p: 7,
  "d-model": 8,
  "batch-size": 8,
  "stop-on-grok": false,
  steps: 12,
  "eval-every": 2,
  "checkpoint-every": 4,
});

let parent: string;
let folder: string;
beforeAll(async () => {
  await tf.setBackend("cpu");
});
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "grok-run-"));
  folder = join(parent, "runs", "a");
});
afterEach(() => rm(parent, { recursive: true }));

/** Trains in a new folder, the whole way or for some steps. */
async function begin(path: string, steps = 100, what: Experiment = experiment): Promise<void> {
  const store = await createRun(path, what);
  await collect(train(what, { store, until: steps }));
  await store.close();
}

/** Goes on with a run to its end, and gives what was said about its state. */
async function resume(path: string): Promise<string[]> {
  const { config, store, checkpoint, notices } = await openRun(path);
  try {
    await collect(train(experimentOf(config), { store, resumeFrom: checkpoint }));
  } finally {
    await store.close();
  }
  return notices;
}

/** Every file of a folder with its digest. */
async function snapshot(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const files = names.map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    const digest = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
    return [file.slice(path.length), digest] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

/** That two runs are the same except the clock. */
async function expectSame(path: string, other: string): Promise<void> {
  const [a, b] = [await readRun(path), await readRun(other)];
  expect(timeless(a.records)).toEqual(timeless(b.records));
  expect(timeless(a.summary ?? {})).toEqual(timeless(b.summary ?? {}));
  const steps = [a, b].map(({ checkpoints }) => checkpoints.map(({ step }) => step));
  expect(steps[0]).toEqual(steps[1]);
  const [x, y] = [a.checkpoints.at(-1), b.checkpoints.at(-1)].map((file) => file?.path ?? "");
  const [last, otherLast] = [await readCheckpoint(x ?? ""), await readCheckpoint(y ?? "")];
  expect(last.parameters).toEqual(otherLast.parameters);
  expect(last.optimizer).toEqual(otherLast.optimizer);
  expect(timeless(last.progress)).toEqual(timeless(otherLast.progress));
}

const checkpoint = (step: number, path = folder) =>
  join(path, "checkpoints", `step-${String(step).padStart(8, "0")}.safetensors`);

describe("a run folder", () => {
  it("holds the run as the design has it", async () => {
    await begin(folder);
    expect(Object.keys(await snapshot(folder)).sort()).toEqual([
      "/checkpoints/step-00000008.safetensors",
      "/checkpoints/step-00000012.safetensors",
      "/config.json",
      "/metrics.jsonl",
      "/summary.json",
    ]);
    const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
    expect(config).toMatchObject({ ...experiment, backend: "cpu" });
    expect(config.versions).toMatchObject({
      node: process.versions.node,
      "@tensorflow/tfjs-core": "4.22.0",
    });
    const lines = (await readFile(join(folder, "metrics.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines).toHaveLength(6);
    expect(Object.keys(JSON.parse(lines[0] as string))).toEqual([
      "step",
      "epoch",
      "train_loss",
      "train_acc",
      "val_loss",
      "val_acc",
      "elapsed_sec",
      "weight_norm",
    ]);
    const summary = JSON.parse(await readFile(join(folder, "summary.json"), "utf8"));
    expect(Object.keys(summary)).toEqual([
      "status",
      "steps",
      "epochs",
      "parameters",
      "backend",
      "best_val_acc",
      "t_mem",
      "t_grok",
      "elapsed_sec",
      "steps_per_sec",
      "threads",
      "seed",
    ]);
    const run = await readRun(folder);
    expect(run.notices).toEqual([]);
    expect(run.checkpoints.map(({ step }) => step)).toEqual([8, 12]);
  });

  it("keeps all checkpoints where asked to", async () => {
    const training = { ...experiment.training, keepCheckpoints: "all" as const };
    await begin(folder, 100, { ...experiment, training });
    expect((await readRun(folder)).checkpoints.map(({ step }) => step)).toEqual([4, 8, 12]);
  });

  it("is never begun over another, nor in a folder with anything in it", async () => {
    await begin(folder);
    const before = await snapshot(folder);
    await expect(createRun(folder, experiment)).rejects.toThrow(/already holds a run; continue it/);
    expect(await snapshot(folder)).toEqual(before);
    const other = join(parent, "notes");
    await mkdir(other);
    await writeFile(join(other, "a.txt"), "mine");
    await expect(createRun(other, experiment)).rejects.toThrow(/notes is not empty/);
    await expect(createRun(join(other, "a.txt"), experiment)).rejects.toThrow(RunError);
    await mkdir(join(parent, "empty"));
    await (await createRun(join(parent, "empty"), experiment)).close();
  });

  it("is begun where a process was killed while it made one", async () => {
    const unmade = join(parent, "unmade");
    await mkdir(unmade);
    const left = [".config.json.0123456789ab.tmp", ".lock.3f1c"];
    for (const name of left) await writeFile(join(unmade, name), "{");
    await begin(unmade);
    expect(await readdir(unmade)).not.toContain(left[0]);
    expect((await readRun(unmade)).summary?.status).toBe("finished");
    const empty = join(parent, "config-alone");
    await mkdir(empty);
    await copyFile(join(unmade, "config.json"), join(empty, "config.json"));
    await resume(empty);
    expect((await readRun(empty)).summary?.status).toBe("finished");
  });

  it("is refused to a second process while it is in use", async () => {
    const store = await createRun(folder, experiment);
    await expect(openRun(folder)).rejects.toThrow(/in use by process/);
    await expect(openRun(folder)).rejects.toThrow(FolderInUseError);
    await expect(createRun(folder, experiment)).rejects.toThrow(RunError);
    await store.close();
    await (await openRun(folder)).store.close();
  });

  it("can be read while it is written", async () => {
    const store = await createRun(folder, experiment);
    let seen = 0;
    for await (const event of train(experiment, { store })) {
      if (event.type !== "evaluation") continue;
      seen++;
      const run = await readRun(folder);
      expect(run.records).toHaveLength(seen);
      expect(run.summary).toBeNull();
    }
    await store.close();
    expect(seen).toBe(6);
  });

  it.each([
    ["a folder that does not exist", async () => {}],
    ["an empty folder", () => mkdir(folder, { recursive: true })],
  ])("says that %s is no run", async (_, prepare) => {
    await prepare();
    await expect(readRun(folder)).rejects.toThrow(/is no run: it has no config\.json\.$/);
    await expect(openRun(folder)).rejects.toThrow(/is no run/);
  });

  it("says what is wrong with its config", async () => {
    await begin(folder, 3);
    const path = join(folder, "config.json");
    const config = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...config, optimiser: 1 }));
    await expect(openRun(folder)).rejects.toThrow(
      /config\.json cannot be read: Unknown key optimiser/,
    );
    await writeFile(path, "{");
    await expect(openRun(folder)).rejects.toThrow(/config\.json cannot be read/);
  });
});

describe("resume", () => {
  let whole: string;
  beforeAll(async () => {
    whole = join(await mkdtemp(join(tmpdir(), "grok-run-")), "whole");
    await begin(whole);
  });
  afterAll(() => rm(join(whole, ".."), { recursive: true }));

  it.each([1, 3, 4, 6, 7, 11])("after %d steps gives the same run", async (steps) => {
    await begin(folder, steps);
    expect((await readRun(folder)).summary?.status).toBe("interrupted");
    expect(await resume(folder)).toEqual([]);
    await expectSame(folder, whole);
  });

  it.each(["all", "every:4", "log:2", 3] as const)(
    "with keepCheckpoints %s keeps none of an interruption",
    async (keepCheckpoints) => {
      const what = {
        ...experiment,
        training: { ...experiment.training, keepCheckpoints, steps: 11 },
      };
      const other = join(parent, "whole");
      await begin(other, 100, what);
      await begin(folder, 3, what);
      for (const until of [5, 6, 10]) {
        const { config, store, checkpoint } = await openRun(folder);
        await collect(train(experimentOf(config), { store, resumeFrom: checkpoint, until }));
        await store.close();
        expect((await readRun(folder)).checkpoints.at(-1)?.step).toBe(until);
      }
      await resume(folder);
      await expectSame(folder, other);
    },
  );

  it("has checkpoints at listed steps, keeps them, and counts them as no other run", async () => {
    const training = { ...experiment.training, checkpointAt: [1, 3, 8] };
    const listed = { ...experiment, training };
    await begin(folder, 100, listed);
    expect((await readRun(folder)).checkpoints.map(({ step }) => step)).toEqual([1, 3, 8, 12]);
    expect(await fingerprint(listed)).toBe(await fingerprint(experiment));
    expect(() => tiny("mlx", { "checkpoint-at": "0,5" })).toThrow("--checkpoint-at");
  });

  it("writes the checkpoint of a step at which an evaluation was interrupted again", async () => {
    const controller = new AbortController();
    const store = await createRun(folder, experiment);
    const measure = (_: unknown, step: number) => {
      if (step === 4) controller.abort();
      return {};
    };
    const { signal } = controller;
    await collect(train(experiment, { store, signal, measure }));
    await store.close();
    await resume(folder);
    await expectSame(folder, whole);
  });

  it("continues after a kill behind an evaluation that was interrupted before", async () => {
    const controller = new AbortController();
    // Long enough for a turn, in which the wish to stop comes.
    const measure = (_: unknown, step: number) => {
      const until = performance.now() + 60;
      while (step === 6 && performance.now() < until);
      if (step === 6) setImmediate(() => controller.abort());
      return {};
    };
    const begun = await createRun(folder, experiment);
    const { signal } = controller;
    await collect(train(experiment, { store: begun, signal, measure }));
    await begun.close();
    expect((await readRun(folder)).records.map(({ step }) => step)).toEqual([2, 4]);
    const { store, checkpoint: resumeFrom } = await openRun(folder);
    for await (const { type } of train(experiment, { store, resumeFrom })) {
      if (type === "evaluation") break;
    }
    await store.close();
    expect((await readRun(folder)).records.map(({ step }) => step)).toEqual([2, 4, 6]);
    await checkRecords(folder);
    await exportRun(folder, join(parent, "a.zip"));
    await resume(folder);
    await expectSame(folder, whole);
  });

  it("takes the summary of an earlier end away", async () => {
    await begin(folder, 4);
    const { store } = await openRun(folder);
    expect((await readRun(folder)).summary).toBeNull();
    await store.close();
  });

  /** Leaves a run as a kill at its n-th event would. */
  async function kill(after: number): Promise<void> {
    const store = await createRun(folder, experiment);
    let seen = 0;
    for await (const _ of train(experiment, { store })) if (++seen > after) break;
    await store.close();
  }

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])("after a kill at event %d", async (after) => {
    await kill(after);
    await resume(folder);
    await expectSame(folder, whole);
  });

  it("drops a torn last line and says so", async () => {
    await kill(3);
    await appendFile(join(folder, "metrics.jsonl"), '{"step":6,"epoch":1.5,"train_lo');
    const run = await readRun(folder);
    expect(run.notices).toEqual([expect.stringContaining("is torn")]);
    expect(await resume(folder)).toContainEqual(expect.stringContaining("is torn"));
    await expectSame(folder, whole);
  });

  it("restores the record of its checkpoint if that is the torn one", async () => {
    await begin(folder, 4);
    const path = join(folder, "metrics.jsonl");
    const text = await readFile(path, "utf8");
    await truncate(path, text.length - 5);
    expect(await resume(folder)).toContainEqual(expect.stringContaining("is torn"));
    expect((await readFile(path, "utf8")).startsWith(text)).toBe(true);
    await expectSame(folder, whole);
  });

  it("drops records that were written after the checkpoint", async () => {
    await begin(folder, 4);
    const later = (await readFile(join(whole, "metrics.jsonl"), "utf8")).split("\n")[2];
    await appendFile(join(folder, "metrics.jsonl"), `${later}\n`);
    await resume(folder);
    await expectSame(folder, whole);
  });

  it("removes what a crash left of files being written", async () => {
    await begin(folder, 4);
    const left = ".step-00000008.safetensors.0123456789ab.tmp";
    await writeFile(join(folder, "checkpoints", left), "half");
    await writeFile(join(folder, ".summary.json.0123456789ab.tmp"), "half");
    await resume(folder);
    expect(Object.keys(await snapshot(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  const damages: [string, (path: string) => Promise<void>][] = [
    ["cut short", (path) => truncate(path, 3000)],
    ["emptied", (path) => truncate(path, 0)],
    ["longer", (path) => appendFile(path, "x")],
    [
      "changed in one bit of a weight",
      async (path) => {
        const bytes = await readFile(path);
        bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1;
        await writeFile(path, bytes);
      },
    ],
    ["another step's", (path) => copyFile(checkpoint(4), path)],
  ];
  it.each(damages)("takes the checkpoint before one that is %s, and says so", async (_, damage) => {
    await begin(folder, 7);
    expect((await readRun(folder)).checkpoints.map(({ step }) => step)).toEqual([4, 7]);
    await damage(checkpoint(7));
    const notices = await resume(folder);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/step(-0000000| )7.* Continuing from step 4 instead\.$/);
    await expectSame(folder, whole);
    expect(await readdir(join(folder, "checkpoints"))).toContain(
      "step-00000007.safetensors.damaged",
    );
  });

  it("changes nothing where no checkpoint is whole", async () => {
    await begin(folder, 7);
    for (const step of [4, 7]) await truncate(checkpoint(step), 100);
    await appendFile(join(folder, "metrics.jsonl"), "{");
    const before = await snapshot(folder);
    await expect(openRun(folder)).rejects.toThrow(/^No checkpoint of .* can be used\. .*cut short/);
    expect(await snapshot(folder)).toEqual(before);
  });

  it("changes nothing where another line of the metrics is damaged", async () => {
    await begin(folder, 7);
    const path = join(folder, "metrics.jsonl");
    await writeFile(path, (await readFile(path, "utf8")).replace('{"step":2', '"step":2'));
    const before = await snapshot(folder);
    await expect(openRun(folder)).rejects.toThrow(/Line 1 of metrics\.jsonl is not a record/);
    expect(await snapshot(folder)).toEqual(before);
  });

  it("changes nothing where records from before the checkpoint are missing", async () => {
    await begin(folder, 7);
    await writeFile(join(folder, "metrics.jsonl"), "");
    const before = await snapshot(folder);
    await expect(openRun(folder)).rejects.toThrow(/has 0 records up to step 7.*has seen 3/);
    expect(await snapshot(folder)).toEqual(before);
  });

  it("refuses checkpoints of another experiment", async () => {
    await begin(folder, 7);
    const path = join(folder, "config.json");
    const config = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...config, seed: 9 }));
    await expect(openRun(folder)).rejects.toThrow(/belongs to another experiment/);
  });

  /** Does something after the run's third record, and gives how it ended. */
  async function disturb(act: (metrics: string) => Promise<unknown>) {
    const store = await createRun(folder, experiment);
    let seen = 0;
    try {
      for await (const event of train(experiment, { store })) {
        if (event.type === "evaluation" && ++seen === 3) await act(join(folder, "metrics.jsonl"));
        if (event.type === "end") return event.summary;
      }
    } finally {
      await store.close();
    }
    throw new Error("The run did not end.");
  }

  it.each<[string, (path: string) => Promise<unknown>, RegExp]>([
    ["removed", (path) => rm(path), /metrics\.jsonl was removed while this run wrote to it/],
    [
      "replaced",
      async (path) => {
        await copyFile(path, `${path}.new`);
        await rename(`${path}.new`, path);
      },
      /metrics\.jsonl was replaced while this run wrote to it/,
    ],
    [
      "written by another",
      (path) => appendFile(path, "{}\n"),
      /metrics\.jsonl has \d+ bytes, but this run has written \d+/,
    ],
  ])("stops with a sentence if its metrics are %s meanwhile", async (_, act, sentence) => {
    const summary = await disturb(act);
    expect(summary).toMatchObject({ status: "failed", error: expect.stringMatching(sentence) });
    expect(summary.steps).toBeLessThan(12);
  });

  it("writes nothing more once another process has taken it over", async () => {
    const other = { pid: 7, host: "elsewhere", began: null, id: "x", boot: "b", namespace: "n" };
    let before = {};
    const summary = await disturb(async () => {
      await writeFile(join(folder, ".lock"), JSON.stringify({ ...other, lease: 30_000 }));
      before = await snapshot(folder);
    });
    expect(summary.error).toMatch(/was taken over by process 7 on elsewhere; this process has/);
    expect(await snapshot(folder)).toEqual(before);
  });

  it("writes nothing more once its folder was removed or renamed", async () => {
    const summary = await disturb(() => rename(folder, `${folder}-moved`));
    expect(summary.error).toMatch(/\.lock is gone; this process has stopped writing to it\.$/);
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });

  it("refuses another arithmetic and another engine, which the trainer itself records", async () => {
    await begin(folder, 7);
    const { environment } = await readCheckpoint(checkpoint(7));
    expect(environment).toMatchObject({
      backend: "cpu",
      arithmetic: await arithmetic(),
      versions: { node: process.versions.node },
    });
    const path = checkpoint(7);
    const { environment: made = { backend: "", versions: {} }, ...rest } =
      await readCheckpoint(path);
    const changed = {
      ...made,
      arithmetic: "another",
      versions: { ...made.versions, node: "9.0.0" },
    };
    await writeFile(path, await encodeCheckpoint({ ...rest, environment: changed }));
    const said = { arithmetic: "another", versions: { node: "9.0.0" } };
    const error = await openRun(folder, { environment: said }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RunError);
    expect((error as Error).message).toMatch(
      /would continue with arithmetic another → \w+, node 9 → \d+, which may give other numbers/,
    );
    const { store, notices } = await openRun(folder, { allowChanges: true });
    await store.close();
    expect(notices).toEqual([
      expect.stringMatching(/continues with arithmetic another → .* step 7/),
    ]);
  });

  it("begins again a run that was killed before its first checkpoint", async () => {
    await kill(1);
    expect((await readRun(folder)).checkpoints).toEqual([]);
    expect(await resume(folder)).toEqual([expect.stringContaining("begins again at step 0")]);
    await expectSame(folder, whole);
  });
});
