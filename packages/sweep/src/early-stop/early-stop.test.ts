import { expect, it } from "vitest";
import { earlyStopByName } from "./by-name";
import { halvingRule } from "./halving-rule";
import { medianRule } from "./median-rule";
import { replayEarlyStop, type WholeRun } from "./replay";

/** A run evaluated every 100 of 1,000 steps, at chance until it jumps. */
function jumping(name: string, at: number | null, chance = 0.03): WholeRun {
  const records = Array.from({ length: 10 }, (_, i) => {
    const step = 100 * (i + 1);
    return { step, val_acc: at !== null && step >= at ? 1 : chance };
  });
  return { name, steps: 1_000, t_grok: at, records };
}

it("median: stops what is below the median of the others at that step, and no sooner than it may", () => {
  const rule = medianRule({ grace: 0.25, leastRuns: 3 });
  const told = (run: string, step: number, val_acc: number) =>
    rule.stops(run, { step, val_acc }, 1_000);
  for (const [run, best] of [
    ["a", 0.2],
    ["b", 0.4],
    ["c", 0.6],
  ] as const) {
    expect([100, 300].map((step) => told(run, step, best))).toEqual([false, false]);
  }
  expect(told("d", 100, 0)).toBe(false);
  expect(told("d", 300, 0.39)).toBe(true);
  expect(told("e", 300, 0.45)).toBe(false);
  // The best so far counts, and of others only what they had by then.
  expect(told("c", 400, 0.01)).toBe(false);
  expect(told("a", 400, 1)).toBe(false);
  expect(told("f", 300, 0.41)).toBe(false);
});

it("halving: lets one in three continue at each rung", () => {
  const rule = halvingRule({ reduction: 3, rungs: 2 });
  const told = (run: string, step: number, val_acc: number) =>
    rule.stops(run, { step, val_acc }, 900);
  expect(told("a", 100, 0.5)).toBe(false);
  expect(told("b", 100, 0.4)).toBe(false);
  // Third to come, and not the best of three.
  expect(told("c", 100, 0.3)).toBe(true);
  expect(told("d", 100, 0.6)).toBe(false);
  // Between rungs nothing is asked.
  expect(told("d", 200, 0)).toBe(false);
  expect(told("a", 300, 0.5)).toBe(false);
  expect(told("b", 300, 0.9)).toBe(false);
  expect(told("d", 300, 0.6)).toBe(true);
});

it("replays a rule on whole runs, and counts what it would have hidden", () => {
  const never = Array.from({ length: 6 }, (_, i) => jumping(`n${i}`, null));
  const early = Array.from({ length: 6 }, (_, i) => jumping(`e${i}`, 100));
  const late = [jumping("late", 900)];
  const rule = medianRule({ grace: 0.2, leastRuns: 5 });
  const replayed = replayEarlyStop(rule, [...early, ...never, ...late], 13);
  expect(replayed).toMatchObject({ runs: 13, grokked: 7, stopped: 7, falselyStopped: 1 });
  expect(replayed.falseStopRate).toBeCloseTo(1 / 7);
  expect(replayed.stepsSaved).toBeCloseTo((7 * 800) / 13_000);
  // At chance all the same: nothing is below the median.
  expect(replayEarlyStop(medianRule(), never, 3)).toMatchObject({ stopped: 0, stepsSaved: 0 });
});

it("does not count a run that is stopped after it has grokked as hidden", () => {
  const runs = [
    jumping("a", 100),
    jumping("b", 100),
    { ...jumping("c", 200), records: jumping("c", null).records },
  ];
  const rule = halvingRule({ reduction: 3, rungs: 1 });
  expect(replayEarlyStop(rule, runs, 3)).toMatchObject({ stopped: 1, falselyStopped: 0 });
});

it("has its rules by name", () => {
  expect(earlyStopByName("median").name).toBe("median");
  expect(earlyStopByName("halving").name).toBe("halving");
  expect(() => earlyStopByName("constructor")).toThrow(
    '--early-stop must be one of median, halving, not "constructor".',
  );
});
