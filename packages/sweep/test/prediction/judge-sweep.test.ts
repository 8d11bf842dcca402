import { randomStream } from "@grok/data";
import { expect, test } from "vitest";
import { intervalOf } from "./bootstrap";
import { judgeSweep, type SweptRun } from "./judge-sweep";

const horizon = 8000;
const moments = [2000];

/** 60 runs, in 20 cells of three seeds, whose end a number `decides`; `shows` makes the norm show it. */
function sweepOf(
  decides: (cell: number, chance: number) => number,
  { shows }: { shows: boolean },
): SweptRun[] {
  return Array.from({ length: 60 }, (_, i) => {
    const stream = randomStream(i, "run");
    const cell = Math.floor(i / 3);
    const x = decides(cell, stream.uniform());
    const tGrok = x > 0.5 ? 100 * Math.ceil(30 / x) : null;
    const slope = shows ? x : stream.uniform();
    const records = Array.from({ length: 80 }, (__, k) => {
      const step = 100 * (k + 1);
      return {
        step,
        train_loss: (5 / step) * (1 + 0.02 * stream.normal()),
        train_acc: step < 300 ? 0.5 : 1,
        val_loss: 8,
        val_acc: tGrok !== null && step >= tGrok - 1500 ? 0.5 : 0.02,
        weight_norm: 60 * step ** -slope,
      };
    });
    const settings = [Math.sin(2 * cell), cell / 20];
    return { cell: `cell ${cell}`, seed: String(i % 3), settings, records, tGrok };
  });
}

const find = (runs: readonly SweptRun[]) => {
  const verdicts = judgeSweep(runs, { moments, horizon });
  return (heldOut: string, from: string, runsOf = "all") => {
    const found = verdicts.filter(
      (each) => each.heldOut === heldOut && each.from === from && each.runsOf === runsOf,
    );
    if (found.length !== 1 || found[0] === undefined) throw new Error("not one verdict");
    return found[0];
  };
};

test.each(["seeds", "cells"])("a run that shows its end, with %s held out", (heldOut) => {
  const verdict = find(sweepOf((_, chance) => chance, { shows: true }));
  const signs = verdict(heldOut, "signs");
  expect(signs.runs).toBe(60);
  expect(signs.auroc).toBeGreaterThan(0.95);
  expect(signs.gain[1]).toBeGreaterThan(0.05);
  expect(signs.gainOverSettings[1]).toBeGreaterThan(0.05);
  expect(signs.stepError[1]).toBeLessThan(0.5 * (signs.stepErrorOfMedian[1] as number));
  expect(signs.concordance).toBeGreaterThan(0.9);
  expect(verdict(heldOut, "settings").gain[1]).toBeLessThan(0);
});

test.each(["seeds", "cells"])(
  "settings that decide, which no run shows, with %s held out",
  (heldOut) => {
    const verdict = find(sweepOf((cell) => cell / 20, { shows: false }));
    expect(verdict(heldOut, "settings").gain[1]).toBeGreaterThan(0.05);
    expect(verdict(heldOut, "settings").gainOverSettings).toEqual([0, 0, 0]);
    const signs = verdict(heldOut, "signs", "quiet");
    expect(signs.gain[1]).toBeLessThan(0);
    expect(signs.gainOverSettings[2]).toBeLessThan(0);
    expect(signs.auroc).toBeLessThan(0.75);
  },
);

test.each(["seeds", "cells"])(
  "chance: no better than the base rate, with %s held out",
  (heldOut) => {
    const verdict = find(sweepOf((_, chance) => chance, { shows: false }));
    for (const from of ["signs", "settings", "both"]) {
      const { gain, auroc, runs, grokked } = verdict(heldOut, from, "quiet");
      expect(gain[1]).toBeLessThan(0);
      expect(auroc).toBeLessThan(0.75);
      expect(runs).toBeLessThanOrEqual(60);
      expect(grokked).toBeGreaterThan(5);
    }
  },
);

test("runs that stir are no longer quiet", () => {
  const runs = sweepOf((_, chance) => chance, { shows: true });
  const stirred = runs.filter(({ tGrok }) => tGrok !== null && tGrok - 1500 <= 2000).length;
  expect(stirred).toBeGreaterThan(0);
  expect(find(runs)("cells", "signs", "quiet").runs).toBe(60 - stirred);
});

test("the interval of a mean is that of its clusters", () => {
  const stream = randomStream(1, "values");
  const values = Array.from({ length: 400 }, (_, i) => ({
    cluster: String(i),
    value: stream.normal(),
  }));
  const [mean, low, high] = intervalOf(values);
  expect(mean).toBeCloseTo(values.reduce((sum, { value }) => sum + value, 0) / 400, 12);
  // 1.96/√400 to each side; four copies of each value in its cluster change nothing of it.
  expect(high - low).toBeGreaterThan(0.17);
  expect(high - low).toBeLessThan(0.225);
  const copies = values.flatMap((value) => [value, value, value, value]);
  for (const [i, bound] of intervalOf(copies).entries()) {
    expect(bound).toBeCloseTo([mean, low, high][i] as number, 12);
  }
});
