import { expect, it } from "vitest";
import { studentQuantile } from "./student-quantile";

it("is scipy.stats.t.ppf", () => {
  expect(studentQuantile(0.975, 1)).toBeCloseTo(12.706204736432095, 8);
  expect(studentQuantile(0.975, 2)).toBeCloseTo(4.302652729911275, 8);
  expect(studentQuantile(0.9, 3.5)).toBeCloseTo(1.5765766, 6);
  expect(studentQuantile(0.01, 10)).toBeCloseTo(-2.7637694581126957, 9);
  expect(studentQuantile(0.5, 4)).toBeCloseTo(0, 12);
});

it("refuses what has no quantile", () => {
  expect(() => studentQuantile(1, 3)).toThrow(RangeError);
  expect(() => studentQuantile(0.9, 0)).toThrow(RangeError);
});
