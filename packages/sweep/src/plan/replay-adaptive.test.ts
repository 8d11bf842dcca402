import { expect, it } from "vitest";
import type { SweepState } from "../state/sweep-state";
import { FinishedSweep, runsForMost, runsToReach } from "./replay-adaptive";

/** A finished sweep over two axes, whose runs grok above a line; seeds differ next to it. */
function finished(): SweepState {
  const runs = Array.from({ length: 7 * 7 * 2 }, (_, i) => {
    const [x, y, seed] = [Math.floor(i / 14), Math.floor(i / 2) % 7, i % 2];
    const grokked = 2 * x + y ** 2 / 3 + (seed - 0.5) > 11;
    return {
      name: i.toString(16).padStart(16, "0"),
      settings: { x, y, seed },
      state: grokked ? ("grokked" as const) : ("finished" as const),
      step: 100,
      steps: 100,
      t_mem: 1,
      t_grok: grokked ? 50 : null,
      val_acc: 0,
      best_val_acc: 0,
      elapsed_sec: 1,
    };
  });
  return {
    format: "grok-sweep-1",
    title: null,
    spec: {},
    axes: ["x", "y", "seed"],
    updated: "",
    runs,
  };
}

it("needs fewer runs for the boundary than grids do in nine cases of ten, and than chance", () => {
  const sweep = new FinishedSweep(finished());
  const needed = runsToReach(sweep.adaptive(), 0.06) as number;
  const chance = [1, 2, 3].map((seed) => runsToReach(sweep.random(seed), 0.06) as number);
  expect(needed).toBeLessThan(runsForMost(sweep.grids(), 0.06) as number);
  expect(needed).toBeLessThan(chance.reduce((a, b) => a + b) / 3);
  // All runs together know it.
  const all = sweep.outcomes.flatMap((runs, point) => runs.map((grokked) => ({ point, grokked })));
  expect(sweep.error(all)).toBeLessThanOrEqual(0.06);
});

it("asks of grids only what they have", () => {
  const counts = new FinishedSweep(finished()).grids().map(({ runs }) => runs);
  expect(Math.min(...counts)).toBe(4);
  expect(Math.max(...counts)).toBe(98);
  expect(counts).toHaveLength(6 * 6 * 2);
});

it("counts the runs from which on the error stays", () => {
  const found = [0.2, 0.04, 0.1, 0.05, 0.01].map((error, i) => ({ runs: 4 * (i + 1), error }));
  expect(runsToReach(found, 0.05)).toBe(16);
  expect(runsToReach(found, 0.001)).toBeNull();
  expect(runsToReach(found, 0.2)).toBe(4);
  // From 8 runs on one of four is worse, from 16 on none.
  expect(runsForMost(found, 0.05, 0.7)).toBe(8);
  expect(runsForMost(found, 0.05)).toBe(16);
  expect(runsForMost(found, 0)).toBeNull();
});
