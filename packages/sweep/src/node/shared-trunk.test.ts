import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Summary } from "@grok/train";
import { readCheckpoint, readRun } from "@grok/train/node";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { planOf } from "../plan/plan";
import type { SweepRun } from "../run/sweep-run";
import { trunksOf } from "../run/trunks-of";
import { expandSweep } from "../spec/expand-sweep";
import type { RunState } from "../state/sweep-state";
import { runExperiment } from "./run-experiment";
import { runSweep } from "./run-sweep";
import type { RunEvent } from "./runner-message";
import { runFolder } from "./sweep-folder";
import { SweepStateStore } from "./sweep-state-store";

vi.setConfig({ testTimeout: 60_000 });

let parent: string;
beforeEach(async () => void (parent = await mkdtemp(join(tmpdir(), "grok-trunk-"))));
afterEach(() => rm(parent, { recursive: true, force: true }));

const spec = {
  preset: "mlp",
  flags: { p: 7, width: 8, "embed-dim": 4, steps: 40, "eval-every": 10, "stop-on-grok": false },
  grid: { change: ["none", "20: weight-decay=0", "20: lr=0.1; 30: lr=0.001", "30: op=*"] },
};

/** Does a run, and tells from which step it was trained. */
async function carry(
  run: SweepRun,
  folder: string,
  others: readonly SweepRun[] = [],
): Promise<number> {
  let from = -1;
  const settings = { threads: 1, backend: "cpu", takeOver: false, allowChanges: false } as const;
  const tell = (event: RunEvent) => {
    if (event.type === "start") from = event.step;
  };
  await runExperiment(
    { run, folder, trunks: trunksOf(run, others) },
    settings,
    tell,
    new AbortController().signal,
  );
  return from;
}

async function endOf(folder: string) {
  const { records, checkpoints, config } = await readRun(folder);
  const { parameters, optimizer } = await readCheckpoint(checkpoints.at(-1)?.path ?? "");
  const timeless = records.map((record) => ({ ...record, elapsed_sec: 0 }));
  return { records: timeless, parameters, optimizer, changes: config.changes };
}

it("trains what runs have in common once, and they come out as if each had been trained alone", async () => {
  const runs = expandSweep(spec);
  expect(new Set(runs.map(({ name }) => name)).size).toBe(4);
  for (const { experiment } of runs) expect(experiment.training.checkpointAt).toEqual([20, 30]);
  const from: number[] = [];
  for (const run of runs) from.push(await carry(run, join(parent, "together", run.name), runs));
  expect(from).toEqual([0, 20, 20, 30]);
  for (const run of runs) {
    expect(await carry(run, join(parent, run.name, run.name))).toBe(0);
    const alone = await endOf(join(parent, run.name, run.name));
    expect(await endOf(join(parent, "together", run.name))).toEqual(alone);
  }
});

it("continues from a trunk where it memorised, to the bytes of a run with a change at that step", async () => {
  const flags = { ...spec.flags, width: 32, "embed-dim": 16, lr: 0.03, "checkpoint-every": 10 };
  const plan = planOf({
    ...spec,
    flags,
    grid: { change: ["t_mem: weight-decay=0"] },
  });
  const states = new SweepStateStore(join(parent, "sweep"), { ...plan, axes: [...plan.axes] });
  const from: number[] = [];
  const made: SweepRun[] = [];
  for (let runs = plan.next(states.runs); runs.length > 0; runs = plan.next(states.runs)) {
    for (const run of runs) {
      states.add(run);
      const folder = join(parent, "together", run.name);
      from.push(await carry(run, folder, made));
      made.push(run);
      states.ended(run.name, (await readRun(folder)).summary as Summary);
    }
  }
  await states.close();
  const [trunk, fork] = states.runs as [RunState, RunState];
  expect(trunk.t_mem).toBeGreaterThan(0);
  expect(from).toEqual([0, trunk.t_mem]);
  expect(fork.settings).toEqual({ change: "t_mem: weight-decay=0" });
  const [alone] = expandSweep({
    ...spec,
    flags,
    grid: { change: [`${trunk.t_mem}: weight-decay=0`] },
  }) as [SweepRun];
  expect(alone.name).toBe(fork.name);
  expect(await carry(alone, join(parent, "alone", alone.name))).toBe(0);
  expect(await endOf(join(parent, "together", fork.name))).toEqual(
    await endOf(join(parent, "alone", alone.name)),
  );
});

it("gives the same bytes where two processes are at the same trunk at once", async () => {
  const [one, two] = [join(parent, "one"), join(parent, "two")];
  const options = { threads: 1, backend: "cpu" } as const;
  const pair = { ...spec, grid: { change: ["none", "20: weight-decay=0"] } };
  const { runs } = await runSweep(planOf(pair), { ...options, folder: two, jobs: 2 });
  expect(runs.map(({ state }) => state)).toEqual(["finished", "finished"]);
  for (const run of expandSweep(pair)) {
    expect(await carry(run, join(one, run.name))).toBe(0);
    expect(await endOf(runFolder(two, run.name))).toEqual(await endOf(join(one, run.name)));
  }
});
