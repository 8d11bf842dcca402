import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRun } from "@grok/train/node";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { planOf } from "../plan/plan";
import type { SweepSpec } from "../spec/spec";
import { tally } from "../state/sweep-state";
import { siblingSweeps } from "./reuse";
import { runSweep, share } from "./run-sweep";
import { readSweep, runFolder } from "./sweep-folder";

// Each sweep starts processes of its own from their sources.
vi.setConfig({ testTimeout: 180_000 });

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "grok-sweep-"));
  folder = join(parent, "one");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const flags = { p: 7, width: 16, "embed-dim": 8, backend: "cpu", steps: 40, "eval-every": 10 };
const spec: SweepSpec = { preset: "mlp", flags, grid: { "weight-decay": [0.1, 1] }, seeds: "0..1" };

/** Which runs began from which step. */
async function run(what: SweepSpec, more: Partial<Parameters<typeof runSweep>[1]> = {}) {
  const starts: number[] = [];
  const state = await runSweep(planOf(what), {
    folder,
    jobs: 1,
    threads: 1,
    onChange: (_run, event) => event?.type === "start" && starts.push(event.step),
    ...more,
  });
  return { state, starts };
}

it("does every run once, and only what is missing when it is asked again", async () => {
  const { state, starts } = await run(spec, { jobs: 2 });
  expect(tally(state.runs)).toEqual({ finished: 4 });
  expect(starts).toEqual([0, 0, 0, 0]);
  expect(state.axes).toEqual(["weight-decay", "seed"]);
  expect(state.runs.map(({ settings }) => settings)).toEqual([
    { "weight-decay": 0.1, seed: 0 },
    { "weight-decay": 0.1, seed: 1 },
    { "weight-decay": 1, seed: 0 },
    { "weight-decay": 1, seed: 1 },
  ]);
  const written = await readSweep(folder);
  expect(written).toEqual({ ...state, updated: expect.any(String) });
  for (const { name, step, best_val_acc } of state.runs) {
    const { summary, config } = await readRun(runFolder(folder, name));
    expect(summary).toMatchObject({ status: "finished", steps: step, best_val_acc });
    expect(config.threads).toBeNull();
  }

  await rm(runFolder(folder, state.runs[1]?.name ?? ""), { recursive: true });
  const again = await run({ ...spec, seeds: "0..2" });
  expect(again.starts).toEqual([0, 0, 0]);
  expect(tally(again.state.runs)).toEqual({ finished: 6 });
  expect(again.state.runs.filter(({ val_acc }) => val_acc === null)).toEqual([]);
});

it("takes runs that another sweep has done, whole", async () => {
  const first = await run(spec);
  const other = join(parent, "two");
  const { state, starts } = await run(
    { ...spec, grid: { "weight-decay": [1, 2] } },
    { folder: other, reuse: await siblingSweeps(other) },
  );
  expect(starts).toEqual([0, 0]);
  const [reused] = state.runs.filter((each) => each.reused !== undefined);
  expect(reused?.reused).toBe(runFolder(folder, reused?.name ?? ""));
  // How it ended is known, though nobody told of its evaluations.
  const { records } = await readRun(runFolder(folder, reused?.name ?? ""));
  expect(reused?.val_acc).toBe(records.at(-1)?.val_acc);
  expect(typeof reused?.val_acc).toBe("number");
  await rm(folder, { recursive: true });
  const path = runFolder(other, reused?.name ?? "");
  expect((await readRun(path)).summary?.status).toBe("finished");
  expect((await readRun(path)).checkpoints).toHaveLength(1);
  expect(first.state.runs.map(({ name }) => name)).toContain(reused?.name);
});

it("continues with the others where one fails, says why, and tries it again", async () => {
  const failing: SweepSpec = {
    preset: "mlp",
    flags: { ...flags, optimizer: "sgd" },
    grid: { lr: [1e30, 0.01] },
  };
  // A file where a run's folder is to be: that run comes to no summary at all.
  const other = planOf({ ...failing, grid: { lr: [0.02] } });
  const { state } = await run(failing);
  expect(state.runs.map((each) => each.state)).toEqual(["failed", "finished"]);
  expect(state.runs[0]?.error).toMatch(/at step \d+/);
  const [blocked] = other.next([]);
  await writeFile(runFolder(folder, blocked?.name ?? ""), "");
  const more = await run({ ...failing, grid: { lr: [1e30, 0.01, 0.02] } });
  expect(more.state.runs.map((each) => each.state)).toEqual(["failed", "finished", "failed"]);
  expect(more.state.runs[2]?.error).toMatch(/there is a file of that name/);
});

it("stops with a checkpoint in every run, and continues from there", async () => {
  const controller = new AbortController();
  const long: SweepSpec = { ...spec, flags: { ...flags, steps: 150 } };
  const { state } = await run(long, {
    signal: controller.signal,
    onChange: (_run, event) => event?.type === "evaluation" && controller.abort(),
  });
  const interrupted = state.runs.filter((each) => each.state === "interrupted");
  expect(interrupted.length).toBeGreaterThan(0);
  expect(state.runs.filter((each) => each.state === "waiting").length).toBeGreaterThan(0);
  for (const { name, step } of interrupted) {
    expect((await readRun(runFolder(folder, name))).checkpoints.at(-1)?.step ?? 0).toBe(step);
  }
  const { state: whole, starts } = await run(long);
  expect(tally(whole.runs)).toEqual({ finished: 4 });
  expect(starts).toHaveLength(4 - state.runs.filter((each) => each.state === "finished").length);
});

it.runIf(process.platform === "linux")(
  "calls a run interrupted whose process was ended by a signal for the whole group",
  async () => {
    const controller = new AbortController();
    const running = run({ ...spec, seeds: [0], grid: {} }, { signal: controller.signal });
    const children = `/proc/${process.pid}/task/${process.pid}/children`;
    const found = await vi.waitFor(async () => {
      const pids = (await readFile(children, "utf8")).trim().split(" ").filter(Boolean);
      expect(pids).not.toEqual([]);
      return pids.map(Number);
    });
    // Before it can hear it: it has not loaded its modules.
    controller.abort();
    for (const pid of found) process.kill(pid, "SIGTERM");
    const { state } = await running;
    expect(state.runs).toMatchObject([{ state: "interrupted" }]);
    expect(state.runs[0]).not.toHaveProperty("error");
  },
);

it("is refused while another process is at it", async () => {
  const controller = new AbortController();
  const first = run(
    { ...spec, flags: { ...flags, steps: 1_000_000 } },
    {
      signal: controller.signal,
    },
  );
  while (!existsSync(join(folder, ".lock"))) await new Promise((done) => setTimeout(done, 10));
  await expect(run(spec)).rejects.toThrow(/in use by process/);
  controller.abort();
  await first;
});

it("says what an early stop has stopped, leaves it while the rule holds, and takes it up without", async () => {
  const stops = (_run: string, { step }: { step: number }) => step === 10;
  const earlyStop = { name: "a rule", stops };
  const { state } = await run({ ...spec, flags: { ...flags, steps: 300 } }, { earlyStop });
  for (const each of state.runs) {
    expect(each).toMatchObject({ state: "stopped", stopped: { step: 10, by: "a rule" } });
    expect(each.step).toBeGreaterThanOrEqual(10);
  }
  const long = { ...spec, flags: { ...flags, steps: 300 } };
  const again = await run(long, { earlyStop });
  expect(again.starts).toEqual([]);
  expect(again.state.runs.map(({ state: each }) => each)).toEqual(Array(4).fill("stopped"));
  const without = await run(long);
  expect(without.starts.every((step) => step >= 10)).toBe(true);
  expect(tally(without.state.runs)).toEqual({ finished: 4 });
  expect(without.state.runs[0]).not.toHaveProperty("stopped");
});

it("keeps sweep.json whole and refuses one that is not", async () => {
  await run({ ...spec, seeds: "0..0" });
  const path = join(folder, "sweep.json");
  const text = await readFile(path, "utf8");
  await writeFile(path, text.slice(0, -20));
  await expect(run(spec)).rejects.toThrow(/sweep.json is no state of a sweep; move it away/);
  expect((await stat(path)).size).toBe(text.length - 20);
});

it.each([
  [{}, 100, 8, { jobs: 8, threads: 1 }],
  [{}, 3, 8, { jobs: 3, threads: 2 }],
  [{}, 1, 8, { jobs: 1, threads: 8 }],
  [{ jobs: 2 }, 100, 8, { jobs: 2, threads: 4 }],
  [{ threads: 4 }, 100, 8, { jobs: 2, threads: 4 }],
  [{ jobs: 16, threads: 1 }, 100, 8, { jobs: 16, threads: 1 }],
  [{}, 0, 8, { jobs: 1, threads: 8 }],
  [{}, 1, 96, { jobs: 1, threads: 96 }],
  [{}, 2, 1024, { jobs: 2, threads: 256 }],
])("divides processors: %o among %d runs on %d", (asked, runs, processors, given) => {
  expect(share(asked, runs, processors)).toEqual(given);
});
