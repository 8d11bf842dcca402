import fc from "fast-check";
import { expect, test } from "vitest";
import { leastSquares } from "./least-squares";

test("agrees with scipy.stats.linregress", () => {
  // linregress([0, 1, 2, 5], [1, 0, 2, 7]): slope 1.3571428571428572, intercept −0.2142857142857144.
  const { slope, intercept, spread } = leastSquares([
    [0, 1],
    [1, 0],
    [2, 2],
    [5, 7],
  ]);
  expect([slope, intercept, spread].map((value) => value.toFixed(12))).toEqual([
    "1.357142857143",
    "-0.214285714286",
    "14.000000000000",
  ]);
});

test("residuals sum to 0 and are orthogonal to x", () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 3, maxLength: 20 }), (points) => {
      const { spread, residuals } = leastSquares(points);
      fc.pre(spread > 1e-3);
      expect(residuals.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 6);
      const along = residuals.reduce((sum, r, i) => sum + r * (points[i]?.[0] ?? 0), 0);
      expect(along).toBeCloseTo(0, 4);
    }),
  );
});

test("points at one place have no slope, and no points are refused", () => {
  expect(leastSquares([[1, 2]]).slope).toBeNaN();
  expect(() => leastSquares([])).toThrow("needs points");
  expect(() => leastSquares([[Number.NaN, 1]])).toThrow("finite numbers");
});
