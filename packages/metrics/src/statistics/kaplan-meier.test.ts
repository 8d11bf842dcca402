import fc from "fast-check";
import { expect, test } from "vitest";
import { kaplanMeier, type Survival } from "./kaplan-meier";
import { normalQuantile } from "./normal-quantile";

const runs = (happened: readonly number[], censored: readonly number[] = []): Survival[] => [
  ...happened.map((time) => ({ time, happened: true })),
  ...censored.map((time) => ({ time, happened: false })),
];

test("the 6-MP group of Freireich et al. 1963, as every textbook has it", () => {
  const curve = kaplanMeier(
    runs([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]),
  );
  expect(curve).toMatchObject({ runs: 21, events: 9, median: 23 });
  expect(curve.steps.map(({ time, atRisk, events }) => [time, atRisk, events])).toEqual([
    [6, 21, 3],
    [7, 17, 1],
    [10, 15, 1],
    [13, 12, 1],
    [16, 11, 1],
    [22, 7, 1],
    [23, 6, 1],
  ]);
  const want = [0.857143, 0.806723, 0.752941, 0.690196, 0.627451, 0.537815, 0.448179];
  for (const [i, { survival }] of curve.steps.entries()) {
    expect(survival).toBeCloseTo(want[i] as number, 6);
  }
  // By hand at 13: V = .0239507, so the limits are .690196^exp(±1.96·.154760/.370779).
  const at13 = curve.steps[3];
  expect(at13?.low).toBeCloseTo(0.4316, 3);
  expect(at13?.high).toBeCloseTo(0.8491, 3);
  expect(curve.medianInterval).toEqual([13, null]);
});

test("its placebo group: nobody censored, a bounded interval", () => {
  const times = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
  const curve = kaplanMeier(runs(times));
  expect(curve.median).toBe(8);
  expect(curve.medianInterval).toEqual([4, 11]);
  expect(curve.steps.at(-1)).toMatchObject({ survival: 0, low: Number.NaN, high: Number.NaN });
});

test("runs that never grok hold the median off; the censored at a time count as at risk there", () => {
  expect(kaplanMeier(runs([100], [900, 900])).median).toBeNull();
  expect(kaplanMeier(runs([100, 200], [900, 900])).median).toBe(200);
  // S is ½ from 200 to 300: the middle, as R's survfit(Surv(c(100, 200, 300, 900), c(1, 1, 1, 0)) ~ 1).
  expect(kaplanMeier(runs([100, 200, 300], [900])).median).toBe(250);
  expect(kaplanMeier(runs([], [900]))).toMatchObject({ steps: [], median: null, events: 0 });
  expect(kaplanMeier(runs([500], [500, 500])).steps).toMatchObject([{ atRisk: 3, events: 1 }]);
});

test("without censoring it is the empirical distribution, and its median the ordinary one", () => {
  const times = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(times, (all) => {
      const curve = kaplanMeier(runs(all));
      for (const { time, survival } of curve.steps) {
        expect(survival).toBeCloseTo(all.filter((t) => t > time).length / all.length, 12);
      }
      const sorted = [...all].sort((a, b) => a - b);
      const at = (place: number) => sorted[place] as number;
      const half = all.length / 2;
      expect(curve.median).toBe((at(Math.ceil(half) - 1) + at(Math.floor(half))) / 2);
      const [low, high] = curve.medianInterval;
      if (low !== null) expect(low).toBeLessThanOrEqual(curve.median as number);
      if (high !== null) expect(high).toBeGreaterThanOrEqual(curve.median as number);
    }),
  );
});

test("no run, wrong times and confidences", () => {
  expect(() => kaplanMeier([])).toThrow(new RangeError("a survival curve needs at least one run"));
  expect(() => kaplanMeier(runs([-1]))).toThrow(RangeError);
  expect(() => kaplanMeier(runs([Number.NaN]))).toThrow(RangeError);
  for (const confidence of [1, -1, Number.NaN]) {
    expect(() => kaplanMeier(runs([1]), confidence)).toThrow(RangeError);
  }
});

test("normal quantiles of the tables", () => {
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489004, 12);
  expect(normalQuantile(0.05)).toBeCloseTo(-1.6448536269514722, 12);
  expect(normalQuantile(1e-6)).toBeCloseTo(-4.753424308822899, 8);
  for (const share of [0, 1, Number.NaN]) expect(() => normalQuantile(share)).toThrow(RangeError);
});
