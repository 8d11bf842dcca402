import fc from "fast-check";
import { expect, test } from "vitest";
import { formatNumber, formatShare, linearScale, logScale, roundTicks } from "./scale";
import { stepScale } from "./step-scale";

test("places the ends of the domain at the ends of the line", () => {
  const linear = linearScale([2, 10], [100, 20]);
  expect([2, 6, 10].map(linear.place)).toEqual([100, 60, 20]);
  const log = logScale([0.01, 100], [0, 400]);
  expect([0.01, 1, 100].map((value) => Math.round(log.place(value)))).toEqual([0, 200, 400]);
  // What has no logarithm counts as the lowest.
  expect([0, -3].map(log.place)).toEqual([0, 0]);
});

test("ticks are round, within the domain and not many", () => {
  expect(roundTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(logScale([1e-6, 20], [0, 1]).ticks).toEqual([1e-6, 1e-4, 1e-2, 1]);
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      (low, span) => {
        const ticks = roundTicks(low, low + span, 5);
        expect(ticks.length).toBeGreaterThanOrEqual(1);
        expect(ticks.length).toBeLessThanOrEqual(11);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(low - 1e-6 * span - 1e-6);
          expect(tick).toBeLessThanOrEqual(low + span + 1e-6 * span + 1e-6);
        }
      },
    ),
  );
});

test("a scale of one value, or of none, has places all the same", () => {
  expect(linearScale([3, 3], [0, 10]).place(3)).toBe(0);
  expect(logScale([3, 3], [0, 10]).place(3)).toBe(0);
  for (const isLog of [true, false]) {
    const none = stepScale({ first: Number.POSITIVE_INFINITY, last: 0 }, isLog, [0, 10]);
    expect(Number.isFinite(none.place(5))).toBe(true);
    expect(none.ticks.every(Number.isFinite)).toBe(true);
  }
});

test("steps are short on an axis", () => {
  const { format } = stepScale({ first: 1, last: 3_000_000 }, true, [0, 1]);
  expect([1, 500, 2000, 20_000, 1_500_000].map(format)).toEqual(["1", "500", "2k", "20k", "1.5M"]);
  const step0 = stepScale({ first: 0, last: 1000 }, true, [0, 30]);
  expect([0, 1, 10, 1000].map((step) => Math.round(step0.place(step)))).toEqual([0, 0, 10, 30]);
});

test("numbers as a person writes them", () => {
  expect([0, 0.25, 12_345, 1e-6, 3.3e-4, -2e-9, 1e8].map(formatNumber)).toEqual([
    "0",
    "0.25",
    "12,300",
    "10⁻⁶",
    "3.3·10⁻⁴",
    "-2·10⁻⁹",
    "10⁸",
  ]);
  expect([0, 1, 0.5, 0.097, 0.034, 0.00006].map(formatShare)).toEqual([
    "0%",
    "100%",
    "50%",
    "10%",
    "3%",
    "0.006%",
  ]);
});
