import { expect, it } from "vitest";
import { expandSweep } from "../spec/expand-sweep";
import type { SweepSpec } from "../spec/spec";
import { type RunState, waitingRun } from "../state/sweep-state";
import { planOf } from "./plan";
import type { SweepPlan } from "./sweep-plan";

const flags = { p: 7, width: 8, "embed-dim": 4, steps: 100, "eval-every": 10 };
const base: SweepSpec = { preset: "mlp", flags, seeds: "0..2" };

/** Plays a plan to its end: the runs of each round, each of which ends as `of` says. */
function roundsOf(plan: SweepPlan, of: (run: RunState) => Partial<RunState>) {
  const made: RunState[] = [];
  const rounds: RunState[][] = [];
  for (let runs = plan.next(made); runs.length > 0; runs = plan.next(made)) {
    const round = runs.map((run): RunState => {
      const waiting = waitingRun(run, plan.axes);
      return { ...waiting, state: "finished", step: 100, ...of(waiting) };
    });
    made.push(...round);
    rounds.push(round);
  }
  return { rounds, made };
}

/** Each seed memorises 10 steps after the one before; seed 2 never does. */
const times = ({ settings: { seed } }: RunState): Partial<RunState> =>
  seed === 2 ? {} : { t_mem: 30 + 10 * Number(seed), t_grok: 70 };

it("does trunks first, and then each seed's futures from its own t_mem on", () => {
  const grid = { change: ["none", "t_mem: weight-decay=0", "50: lr=0.1"] };
  const plan = planOf({ ...base, grid });
  expect(plan.maxRuns).toBe(9);
  const first = plan.next([]);
  expect(first.map(({ experiment }) => experiment.changes?.[0]?.at ?? null)).toEqual([
    null,
    null,
    null,
    50,
    50,
    50,
  ]);
  const { checkpointAt, keepCheckpoints } = first[0]?.experiment.training ?? {};
  expect([checkpointAt, keepCheckpoints]).toEqual([[50], "log:8"]);
  const { rounds, made } = roundsOf(plan, times);
  expect(rounds.map((round) => round.length)).toEqual([6, 2]);
  expect(rounds[1]?.map(({ settings }) => settings)).toEqual([
    { change: "t_mem: weight-decay=0", seed: 0 },
    { change: "t_mem: weight-decay=0", seed: 1 },
  ]);
  // They are the runs that a sweep with their steps has.
  const names = expandSweep({
    ...base,
    seeds: undefined,
    list: [
      { change: "30: weight-decay=0", seed: 0 },
      { change: "40: weight-decay=0", seed: 1 },
    ],
  }).map(({ name }) => name);
  expect(rounds[1]?.map(({ name }) => name)).toEqual(names);
  expect(plan.missing?.(made)).toEqual([
    {
      settings: { change: "t_mem: weight-decay=0", seed: 2 },
      reason: "the run without it has not memorised",
    },
  ]);
});

it("has the trunk where it was not asked for, and continues from a changed one", () => {
  const change = "20: lr=0.1; t_mem: weight-decay=0; t_grok: freeze=embedding";
  const { rounds } = roundsOf(planOf({ ...base, seeds: [0], grid: { change: [change] } }), times);
  expect(rounds.map((round) => round.map(({ settings }) => settings.change))).toEqual([
    ["20: lr=0.1"],
    ["20: lr=0.1; t_mem: weight-decay=0"],
    [change],
  ]);
});

it("says what cannot be: at the last step, before another change, after a failure", () => {
  const missingOf = (change: string, of: (run: RunState) => Partial<RunState>) => {
    const plan = planOf({ ...base, seeds: [0], grid: { change: [change] } });
    return plan.missing?.(roundsOf(plan, of).made).map(({ reason }) => reason);
  };
  expect(missingOf("t_grok: lr=1", () => ({ t_grok: 100 }))?.[0]).toContain(
    "nothing to change at step 100, as the run ends at step 100",
  );
  expect(missingOf("50: lr=1; t_mem: lr=2", () => ({ t_mem: 30 }))?.[0]).toContain(
    "The change at step 30 must stand before that at step 50",
  );
  expect(missingOf("t_grok: lr=1", () => ({ state: "failed" }))).toEqual([
    "the run without it has not grokked before it failed",
  ]);
});

it("refuses wrong changes before anything is trained, and plans that need all runs beforehand", () => {
  const wrong = (change: string) => () => planOf({ ...base, grid: { change: [change] } });
  expect(wrong("t_mem: weigth-decay=0")).toThrow("did you mean weight-decay?");
  expect(wrong("t_mem:")).toThrow("changes nothing");
  expect(wrong("t_men: lr=1")).toThrow("must be a step, a colon and what changes");
  expect(wrong("t_mem: freeze=embeding")).toThrow("did you mean embedding?");
  expect(() => expandSweep({ ...base, grid: { change: ["t_mem: lr=1"] } })).toThrow(
    "its runs are known only once others have been trained",
  );
});
