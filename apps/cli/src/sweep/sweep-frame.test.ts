import type { RunState } from "@grok/sweep";
import { expect, it } from "vitest";
import { sweepFrame } from "./sweep-frame";
import { SweepStatus } from "./sweep-status";

const plain = (_format: unknown, text: string) => text;

function runState(i: number, change: Partial<RunState> = {}): RunState {
  return {
    name: i.toString(16).padStart(16, "0"),
    settings: { "weight-decay": 0.1 * i, seed: i },
    state: "waiting",
    step: 0,
    steps: 1_000,
    t_mem: null,
    t_grok: null,
    val_acc: null,
    best_val_acc: null,
    elapsed_sec: 0,
    ...change,
  };
}

function sweepStatus(): SweepStatus {
  const all = new SweepStatus({
    axes: ["weight-decay", "seed"],
    maxRuns: 10,
    stopsOnGrok: true,
    stepsPerRun: 1_000,
  });
  all.onEvent(runState(1, { state: "running", step: 0 }), 0);
  all.onEvent(runState(1, { state: "running", step: 500, val_acc: 0.25 }), 5);
  all.onEvent(
    runState(2, { state: "grokked", step: 600, t_grok: 600, best_val_acc: 1, elapsed_sec: 6 }),
    5,
  );
  all.onEvent(runState(3, { state: "failed", step: 10, error: "it broke" }), 5);
  return all;
}

it("counts steps done, runs by how they stand, and the time left at the speed of late", () => {
  const all = sweepStatus();
  expect(all.ended).toBe(2);
  // 7 runs to come, and half a run: 7,500 steps at 100 a second.
  expect(all.secondsLeft).toBeCloseTo(75);
  expect(all.share).toBeCloseTo(1 - 7_500 / 10_000);
});

it("shows progress, and the runs that continue below those that ended last", () => {
  const lines = sweepFrame(sweepStatus(), { columns: 80, rows: 24 }, plain);
  expect(lines[0]).toMatch(/^━+╸?─* +25 %$/);
  expect(lines[1]).toBe(
    "2 of 10 runs · 1 running · 1 grokked · 1 failed · at most 1 min 15 s left",
  );
  expect(lines.at(-1)).toMatch(/^ +0.1 +1 +running +500 of 1,000 +25.0 % +– /);
  expect(lines).toHaveLength(7);
});

it("keeps within the rows that there are, running runs first", () => {
  const all = sweepStatus();
  for (let i = 4; i < 10; i++) all.onEvent(runState(i, { state: "running", step: i }), 5);
  const lines = sweepFrame(all, { columns: 80, rows: 8 }, plain);
  expect(lines.length).toBeLessThanOrEqual(8);
  expect(lines.slice(4).every((line) => line.includes("running"))).toBe(true);
  expect(sweepFrame(all, { columns: 80, rows: 2 }, plain)).toHaveLength(2);
});
