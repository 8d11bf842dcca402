import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveExperiment } from "@grok/train";
import { readRun } from "@grok/train/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { sweepRun } from "../run/run-name";
import { processEntry, type Runner, type RunOptions, startRunner } from "./runner";
import type { FromProcess, ToProcess } from "./runner-message";

// Each runner is a process of its own, from its sources.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let folder: string;
let runner: Runner;
beforeAll(() => void (runner = startRunner({ threads: 1 })));
afterAll(() => runner.stop());
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "grok-runner-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const tiny = { p: 7, width: 16, "embed-dim": 8, backend: "cpu", "checkpoint-every": 20 };

function run(flags: Record<string, unknown> = {}) {
  const all = { ...tiny, steps: 60, "eval-every": 10, ...flags };
  return sweepRun(resolveExperiment({ preset: "mlp", flags: all }));
}

/** Everything of a run that does not depend on the clock. */
async function bytesOf(path: string) {
  const { records, checkpoints } = await readRun(path);
  const last = await readFile((checkpoints.at(-1) as { path: string }).path);
  // The progress that a checkpoint's header remembers has times in it; its tensors follow.
  const tensors = last.subarray(8 + Number(last.readBigUint64LE(0)));
  const timeless = records.map((record) => ({ ...record, elapsed_sec: 0 }));
  return { records: timeless, tensors: tensors.toString("hex") };
}

/** Aborts or calls at the first event of a step from `step` on. */
function at(step: number, act: () => void): RunOptions["onEvent"] {
  let isDone = false;
  return (event) => {
    const reached = event.type === "evaluation" ? event.record.step : 0;
    if (reached < step || isDone) return;
    isDone = true;
    act();
  };
}

it("does runs one after another, tells of them, and does none twice", async () => {
  const task = { run: run(), folder: join(folder, "a") };
  const seen: string[] = [];
  // What reaches every process of a terminal or of a cluster's job is the parent's to answer.
  const signalled = at(10, () => {
    for (const signal of ["SIGINT", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const) {
      process.kill(runner.pid as number, signal);
    }
  });
  const summary = await runner.run(task, {
    onEvent: (event) => {
      seen.push(event.type);
      signalled?.(event);
    },
  });
  expect(summary).toMatchObject({ status: "finished", steps: 60, backend: "cpu", threads: 1 });
  expect(seen[0]).toBe("start");
  expect(seen.filter((type) => type === "evaluation")).toHaveLength(7);
  expect((await readRun(task.folder)).summary).toEqual(summary);

  const again: string[] = [];
  expect(await runner.run(task, { onEvent: ({ type }) => again.push(type) })).toEqual(summary);
  expect(again).toEqual([]);
  const other = await runner.run({ run: run({ seed: 1 }), folder: join(folder, "b") });
  expect(other.seed).toBe(1);
});

it("stops a run at a checkpoint, and continues with the bytes of one that never stopped", async () => {
  const whole = { run: run(), folder: join(folder, "whole") };
  await runner.run(whole);
  const task = { run: run(), folder: join(folder, "parts") };
  const controller = new AbortController();
  const onEvent = at(1, () => controller.abort());
  const first = await runner.run(task, { onEvent, signal: controller.signal });
  expect(first.status).toBe("interrupted");
  expect(first.steps).toBeLessThan(60);
  expect(await runner.run(task)).toMatchObject({ status: "finished", steps: 60 });
  expect(await bytesOf(task.folder)).toEqual(await bytesOf(whole.folder));
});

it("loses no more to SIGKILL than what came after the last checkpoint", async () => {
  const task = { run: run({ steps: 500, "eval-every": 50 }), folder: join(folder, "killed") };
  const victim = startRunner({ threads: 1 });
  await expect(victim.run(task, { onEvent: at(150, () => void victim.kill()) })).rejects.toThrow(
    "The process of the run ended by SIGKILL.",
  );
  expect(victim.isFree).toBe(false);
  const before = await readRun(task.folder);
  expect(before.summary).toBeNull();
  const starts: number[] = [];
  const summary = await runner.run(task, {
    onEvent: (event) => event.type === "start" && starts.push(event.step),
  });
  expect(starts).toEqual([before.checkpoints.at(-1)?.step]);
  expect(starts[0]).toBeGreaterThanOrEqual(140);
  expect(summary).toMatchObject({ status: "finished", steps: 500 });
});

it("gives a run that diverged as failed, with its sentence", async () => {
  const task = { run: run({ lr: 1e30, optimizer: "sgd" }), folder: join(folder, "failed") };
  const summary = await runner.run(task);
  expect(summary.status).toBe("failed");
  expect(summary.error).toMatch(/at step \d+/);
});

it("refuses a folder that holds another run, and leaves it as it is", async () => {
  const task = { run: run(), folder: join(folder, "taken") };
  const summary = await runner.run(task);
  const other = run({ seed: 5 });
  await expect(runner.run({ run: other, folder: task.folder })).rejects.toThrow(
    `holds the run ${task.run.name}, not ${other.name}`,
  );
  expect((await readRun(task.folder)).summary).toEqual(summary);
});

it("ends by itself when its parent is gone, after a checkpoint", async () => {
  const { file, execArgv } = processEntry();
  const child = fork(
    file,
    [JSON.stringify({ threads: 1, backend: "cpu", extensions: [], data: [] })],
    {
      execArgv,
      serialization: "advanced",
    },
  );
  const task = { run: run({ steps: 1_000_000 }), folder: join(folder, "orphan") };
  child.send({ type: "run", task } satisfies ToProcess);
  const isEvaluation = (message: FromProcess) =>
    message.type === "event" && message.event.type === "evaluation";
  await new Promise<void>((done) =>
    child.on("message", (m: FromProcess) => isEvaluation(m) && done()),
  );
  // What the death of the parent looks like from the other side.
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
  const { summary, checkpoints } = await readRun(task.folder);
  expect(summary?.status).toBe("interrupted");
  expect(checkpoints.at(-1)?.step).toBe(summary?.steps);
});
