import { randomStream } from "@grok/data";
import { expect, test } from "vitest";
import { type KnownRun, learnForecast } from "./forecast";
import { judgeForecast } from "./judge-forecast";
import { fitLogistic, fitRidge, logistic } from "./ridge";
import { type WarningRecord, warningSigns } from "./warning-signs";

/** A run whose weight norm falls by `decay` per e-fold of steps: the faster, the sooner it groks. */
function run(seed: number, decay: number, tGrok: number | null, last = 20_000): KnownRun {
  const noise = randomStream(seed, "noise");
  const records: WarningRecord[] = [];
  for (let step = 100; step <= last; step += 100) {
    const wobble = 1 + 0.02 * noise.normal();
    records.push({
      step,
      train_loss: (5 / step) * wobble,
      train_acc: step < 300 ? 0.5 : 1,
      val_loss: 8 * wobble,
      val_acc: 0.02,
      weight_norm: 60 * step ** -decay * (1 + 0.001 * noise.normal()),
    });
  }
  return { records, tGrok };
}

const rule = Array.from({ length: 30 }, (_, i) => {
  const decay = 0.01 + 0.01 * i;
  return run(i, decay, i < 12 ? null : 100_000 ** (1 - decay / 1.5));
});

test("signs by hand", () => {
  const records = [1, 2, 4, 8].map((step, i) => ({
    step,
    train_loss: Math.exp(i % 2),
    train_acc: step >= 2 ? 1 : 0,
    val_loss: [1, 4, 2, 1][i] as number,
    val_acc: [0.1, 0, 0.2, 0.5][i] as number,
    weight_norm: 10 / step,
  }));
  const signs = warningSigns(records);
  const want = [Math.log(4), Math.log(4), 0.5, -1, Math.sqrt(4 / 3)];
  for (const [i, sign] of signs.entries()) expect(sign).toBeCloseTo(want[i] as number, 12);
  expect(() => warningSigns(records.slice(0, 2))).toThrow(RangeError);
  const [first, ...rest] = records;
  if (first === undefined) throw new Error("no record");
  expect(() => warningSigns([{ ...first, val_loss: Number.NaN }, ...rest])).toThrow(
    new RangeError("the warning sign val_loss_fallen at step 8 is NaN"),
  );
});

test("finds a rule that is there, on runs held out", () => {
  const judgement = judgeForecast(rule, { at: 2000, horizon: 20_000, folds: 5 });
  // Runs 12 … grok at 100,000^(1 − decay/1.5): later than the horizon for the slowest.
  const late = rule.filter(({ tGrok }) => tGrok !== null && tGrok > 20_000).length;
  expect(judgement.runs).toBe(30);
  expect(judgement.grokked).toBe(18 - late);
  expect(judgement.auroc).toBeGreaterThan(0.95);
  expect(judgement.brier).toBeLessThan(0.5 * judgement.brierOfBaseRate);
  expect(judgement.stepError).toBeLessThan(0.5 * judgement.stepErrorOfMedian);
  expect(judgement.concordance).toBeGreaterThan(0.9);
  const [low, high] = judgement.stepErrorQuartiles;
  expect(low).toBeLessThanOrEqual(judgement.stepError);
  expect(high).toBeGreaterThanOrEqual(judgement.stepError);
});

test("finds nothing if there is nothing: no better than the base rate", () => {
  const judgements = Array.from({ length: 10 }, (_, trial) => {
    const stream = randomStream(trial, "coin");
    const chance = Array.from({ length: 40 }, (__, i) => {
      const groks = stream.integer(2) === 1;
      return run(1000 * trial + i, 0.1, groks ? 3000 + 100 * stream.integer(100) : null);
    });
    return judgeForecast(chance, { at: 2000, horizon: 20_000 });
  });
  const mean = (
    of: "auroc" | "brier" | "brierOfBaseRate" | "stepError" | "stepErrorOfMedian" | "concordance",
  ) => judgements.reduce((sum, judgement) => sum + judgement[of], 0) / judgements.length;
  expect(mean("auroc")).toBeGreaterThan(0.35);
  expect(mean("auroc")).toBeLessThan(0.6);
  expect(mean("concordance")).toBeGreaterThan(0.4);
  expect(mean("concordance")).toBeLessThan(0.6);
  expect(mean("brier")).toBeGreaterThan(mean("brierOfBaseRate"));
  expect(mean("stepError")).toBeGreaterThan(0.9 * mean("stepErrorOfMedian"));
});

test("looks at nothing after the step of the forecast", () => {
  const forecast = learnForecast(rule, { at: 2000, horizon: 20_000 });
  const { records } = rule[20] as KnownRun;
  const tampered = records.map((record) =>
    record.step > 2000 ? { ...record, val_acc: 1, val_loss: 0, weight_norm: 1 } : record,
  );
  expect(forecast({ records: tampered })).toEqual(forecast({ records }));
  expect(forecast({ records }).probability).toBeGreaterThan(0.5);
  expect(forecast(rule[0] as KnownRun).probability).toBeLessThan(0.5);
});

test("from settings: what they tell, and nothing of what the run does", () => {
  const coin = randomStream(5, "coin");
  const runs = Array.from({ length: 40 }, (_, i) => {
    const x = coin.uniform();
    return { ...run(i, 0.1, x > 0.5 ? 4000 / x : null), settings: [x] };
  });
  const options = { at: 2000, horizon: 20_000 };
  const told = judgeForecast(runs, { ...options, from: "settings" });
  expect(told.auroc).toBe(1);
  expect(told.concordance).toBeGreaterThan(0.95);
  expect(told.stepError).toBeLessThan(0.2 * told.stepErrorOfMedian);
  expect(judgeForecast(runs, { ...options, from: "both" }).auroc).toBeGreaterThan(0.95);
  expect(judgeForecast(runs, options).auroc).toBeLessThan(0.7);
  expect(() => judgeForecast(rule, { ...options, from: "both" })).toThrow(
    new RangeError("a forecast from both needs finite settings of every run"),
  );
});

test("folds are dealt at random, whole groups at a time, by seed", () => {
  const groups = rule.map((_, i) => `row ${i % 10}`);
  const deal = (seed: number) => {
    const { forecasts } = judgeForecast(rule, { at: 2000, horizon: 20_000, groups, seed });
    const folds = new Map(groups.map((group) => [group, new Set<number>()]));
    for (const { run: i, fold } of forecasts) folds.get(groups[i] as string)?.add(fold);
    return [...folds.values()].map((each) => [...each]);
  };
  expect(deal(1).every(({ length }) => length === 1)).toBe(true);
  expect(deal(1)).toEqual(deal(1));
  expect(deal(1)).not.toEqual(deal(2));
  expect(deal(1).flat()).not.toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
});

test("runs of a group are held out together; runs that teach nothing are left out", () => {
  // Two copies of each run: only held out together does the judgement not see its own answers.
  const coin = randomStream(2, "coin");
  const originals = Array.from({ length: 16 }, (_, i) =>
    run(i, 0.01 * coin.integer(20), i % 2 ? 5000 : null),
  );
  const copies = [...originals, ...originals];
  const groups = copies.map((_, i) => `config ${i % 16}`);
  const apart = judgeForecast(copies, { at: 2000, horizon: 20_000, groups });
  const alone = judgeForecast(originals, { at: 2000, horizon: 20_000 });
  expect(apart.runs).toBe(32);
  expect(apart.auroc).toBeCloseTo(alone.auroc, 1);
  const short = run(1, 0.1, null, 10_000);
  const early = run(1, 0.1, 1500);
  expect(judgeForecast([...rule, short, early], { at: 2000, horizon: 20_000, folds: 5 }).runs).toBe(
    30,
  );
});

test("what cannot be learned or judged", () => {
  const never = [run(1, 0.1, null), run(2, 0.1, null)];
  expect(() => learnForecast(never, { at: 2000, horizon: 20_000 })).toThrow(RangeError);
  expect(() => learnForecast(rule, { at: 2000, horizon: 1000 })).toThrow(RangeError);
  expect(() => judgeForecast(rule, { at: 2000, horizon: 20_000, folds: 1 })).toThrow(RangeError);
  expect(() => judgeForecast(rule, { at: 2000, horizon: 20_000, groups: ["a"] })).toThrow(
    RangeError,
  );
});

test("fits by hand: a line through the middle, and odds of a share", () => {
  // Standardised (n − 1) the inputs are −1, 0 and 1; the slope is Σxy/(Σx² + 1) = 4/3.
  const line = fitRidge([[0], [5], [10]], [1, 3, 5]);
  expect(line.score([5])).toBeCloseTo(3, 6);
  expect(line.score([10])).toBeCloseTo(3 + 4 / 3, 6);
  const constant = fitLogistic([[1], [1], [1], [1]], [1, 1, 1, 0]);
  expect(logistic(constant.score([1]))).toBeCloseTo(0.75, 6);
  const certain = fitLogistic([[0], [1]], [0, 1]);
  expect(logistic(certain.score([1]))).toBeGreaterThan(0.5);
  expect(logistic(certain.score([1])) + logistic(certain.score([0]))).toBeCloseTo(1, 6);
});
