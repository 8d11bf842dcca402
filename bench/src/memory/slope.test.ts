import { expect, it } from "vitest";
import { slopeOf } from "./slope";

it("is that of a line, without error", () => {
  const { value, standardError } = slopeOf([0, 1, 2, 5].map((x) => [x, 3 - 2 * x]));
  expect(value).toBeCloseTo(-2, 12);
  expect(standardError).toBeCloseTo(0, 12);
});

it("is that of Anscombe's first set, with its standard error", () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const { value, standardError } = slopeOf(x.map((each, i) => [each, y[i] as number]));
  // R: lm(y1 ~ x1, anscombe)
  expect(value).toBeCloseTo(0.5000909, 7);
  expect(standardError).toBeCloseTo(0.1179055, 7);
});

it.each([
  [[]],
  [
    [
      [0, 1],
      [1, 2],
    ],
  ],
  [
    [
      [1, 1],
      [1, 2],
      [1, 3],
    ],
  ],
] as [number, number][][][])("is refused for %j", (points) => {
  expect(() => slopeOf(points)).toThrow(RangeError);
});
