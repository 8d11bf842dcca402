import { expect, it } from "vitest";
import { incompleteBeta, lnGamma } from "./beta";

it("is what scipy.special has, and a polynomial where it is one", () => {
  // I_x(2, 3) = 6x² − 8x³ + 3x⁴.
  for (const x of [0, 0.1, 0.4, 0.9, 1]) {
    expect(incompleteBeta(x, 2, 3)).toBeCloseTo(6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 13);
  }
  expect(incompleteBeta(0.01, 0.5, 10)).toBeCloseTo(0.3420718248432155, 12);
  expect(incompleteBeta(0.6, 50, 40)).toBeCloseTo(0.8011534179744884, 12);
  expect(lnGamma(5)).toBeCloseTo(Math.log(24), 13);
  expect(lnGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
});

it("refuses what it is not of", () => {
  expect(() => incompleteBeta(2, 1, 1)).toThrow(RangeError);
  expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError);
});
