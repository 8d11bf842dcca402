import { expect, it } from "vitest";
import { predictionInterval } from "./prediction-interval";

it("is mean ± t·s·√(1 + 1/n), of logarithms if asked for", () => {
  // Mean 2, s 1, Student's quantile 4.3027 with 2 degrees of freedom, √(4/3) = 1.1547.
  const [low, high] = predictionInterval([1, 2, 3]) as [number, number];
  expect(low).toBeCloseTo(2 - 4.302652729911275 * Math.sqrt(4 / 3), 9);
  expect(high).toBeCloseTo(2 + 4.302652729911275 * Math.sqrt(4 / 3), 9);
  // By scipy.
  const times = predictionInterval([790, 850, 1050, 1130, 1480], { isLogarithmic: true });
  expect(times?.[0]).toBeCloseTo(484.96482134, 5);
  expect(times?.[1]).toBeCloseTo(2202.52046974, 5);
});

it("is nothing for one value, and refuses what has no logarithm", () => {
  expect(predictionInterval([1])).toBeNull();
  expect(() => predictionInterval([0, 1], { isLogarithmic: true })).toThrow(RangeError);
  expect(() => predictionInterval([Number.NaN, 1])).toThrow(RangeError);
});
