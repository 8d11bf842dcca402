import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeCheckpoint, resolveExperiment } from "@grok/train";
import { FolderInUseError, lockFolder, readCheckpoint, readRun } from "@grok/train/node";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { download } from "../queue/download";
import { sweepRun } from "../run/run-name";
import { replaceRun } from "./replace-run";
import { reuseRun } from "./reuse";
import { type RunExperimentSettings, runExperiment } from "./run-experiment";
import type { RunEvent } from "./runner-message";
import { runFolder } from "./sweep-folder";

vi.setConfig({ testTimeout: 60_000 });

let parent: string;
beforeEach(async () => void (parent = await mkdtemp(join(tmpdir(), "grok-carry-"))));
afterEach(() => rm(parent, { recursive: true, force: true }));

const flags = { p: 7, width: 8, "embed-dim": 4, steps: 40, "eval-every": 10, backend: "cpu" };
const run = sweepRun(
  resolveExperiment({ preset: "mlp", flags: { ...flags, "checkpoint-every": 20 } }),
);
const settings: RunExperimentSettings = {
  threads: 1,
  backend: "cpu",
  takeOver: false,
  allowChanges: false,
};

async function carry(
  folder: string,
  more: Partial<RunExperimentSettings> = {},
  signal = new AbortController().signal,
  onEvent: (event: RunEvent) => void = () => {},
) {
  const events: RunEvent[] = [];
  const tell = (event: RunEvent) => {
    events.push(event);
    onEvent(event);
  };
  const summary = await runExperiment({ run, folder }, { ...settings, ...more }, tell, signal);
  return { summary, events };
}

/** Leaves a run that was interrupted at its first evaluation from a step on. */
async function interrupted(folder: string, step: number): Promise<void> {
  const controller = new AbortController();
  const tell = (event: RunEvent) => {
    if (event.type === "evaluation" && event.record.step >= step) controller.abort();
  };
  await runExperiment({ run, folder }, settings, tell, controller.signal);
}

it("waits for a process that is just leaving the folder, says so, and continues with its run", async () => {
  const folder = join(parent, "run");
  await interrupted(folder, 20);
  const lock = await lockFolder(folder);
  const { summary, events } = await carry(folder, {}, undefined, ({ type }) => {
    if (type === "waiting") void lock.release();
  });
  expect(summary).toMatchObject({ status: "finished", steps: 40 });
  expect(events[0]).toEqual({
    type: "waiting",
    reason: expect.stringMatching(
      /^Waiting up to 30 s: .* is in use by process \d+; stop it first/,
    ),
  });
});

it("leaves a folder alone whose process does not leave it, once it is to stop", async () => {
  const folder = join(parent, "run");
  await interrupted(folder, 20);
  const lock = await lockFolder(folder);
  const error = await carry(folder, {}, AbortSignal.timeout(200)).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(FolderInUseError);
  await lock.check();
  await lock.release();
});

it("records how it computes, and refuses to continue with another arithmetic or says so", async () => {
  const folder = join(parent, "run");
  await interrupted(folder, 20);
  const { config, checkpoints } = await readRun(folder);
  expect(config).toMatchObject({ backend: "cpu", arithmetic: "fused" });
  expect(config.versions).toHaveProperty("@grok/backend");
  expect(config.versions).toHaveProperty("@tensorflow/tfjs-backend-cpu");
  for (const { path } of checkpoints) {
    const { environment, ...rest } = await readCheckpoint(path);
    expect(environment).toMatchObject({ backend: "cpu", arithmetic: "fused" });
    const other = { backend: "cpu", arithmetic: "rounded", versions: environment?.versions ?? {} };
    await writeFile(path, await encodeCheckpoint({ ...rest, environment: other }));
  }
  await expect(carry(folder)).rejects.toThrow(
    /would continue with arithmetic rounded → fused.*; --allow-changes continues all the same/,
  );
  // A worker has no such flag.
  await expect(carry(folder, { allowChanges: null })).rejects.toThrow(
    /would continue with arithmetic rounded → fused, .* than the run would have had\.$/,
  );
  const { summary, events } = await carry(folder, { allowChanges: true });
  expect(summary.status).toBe("finished");
  expect(events).toContainEqual({
    type: "notice",
    text: expect.stringMatching(/continues with arithmetic rounded → fused from step \d+/),
  });
});

it("never puts a run in the place of one that a process holds", async () => {
  const [other, target] = [runFolder(join(parent, "other"), run.name), runFolder(parent, run.name)];
  await carry(other);
  await interrupted(target, 20);
  const lock = await lockFolder(target);
  const before = await readFile(join(target, "metrics.jsonl"), "utf8");
  await expect(replaceRun(other, target)).rejects.toThrow(FolderInUseError);
  expect(await reuseRun(run.name, parent, [join(parent, "other")])).toBeNull();
  const transport = {
    fetch: async (_: string, to: string) => {
      await cp(other, to, { recursive: true });
      return { found: true, stored: [] };
    },
    advance: async () => true,
    commit: async () => true,
    discard: async () => {},
  };
  expect(await download(run, parent, { transport })).toEqual({
    kind: "in use",
    why: expect.stringMatching(/ is in use by process \d+; stop it first\.$/),
  });
  await lock.check();
  expect(await readFile(join(target, "metrics.jsonl"), "utf8")).toBe(before);
  await lock.release();

  expect(await download(run, parent, { transport })).toBeNull();
  expect((await readRun(target)).summary?.status).toBe("finished");
  expect(await readdir(join(parent, "runs"))).toEqual([run.name]);

  await writeFile(join(other, "metrics.jsonl"), before.split("\n").slice(1).join("\n"));
  expect(await download(run, parent, { transport })).toEqual({
    kind: "damaged",
    why: expect.stringMatching(/has \d+ records up to step 40, where the checkpoint has seen \d+/),
  });
});
