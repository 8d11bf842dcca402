import { expect, test } from "vitest";
import { largestDifference } from "../../test/difference";
import { fixture, unpack } from "../../test/fixture";
import { matrixBy, randomMatrix } from "../../test/random-matrix";
import { matrixOf } from "../matrix/matrix";
import { multiplyTransposed } from "../matrix/product";
import { principalComponents } from "./principal-components";

test("agrees with PyTorch up to signs, for wide and tall data", () => {
  for (const { weight, components, variances, scores } of fixture().weights) {
    const got = principalComponents(unpack(weight), 3);
    const columns = components.shape[1] as number;
    expect(largestDifference(got.variances, variances)).toBeLessThan(1e-12);
    for (let k = 0; k < 3; k++) {
      const want = components.values.slice(k * columns, (k + 1) * columns);
      const row = got.components.values.subarray(k * columns, (k + 1) * columns);
      const sign = Math.sign(want.reduce((sum, x, j) => sum + x * (row[j] as number), 0));
      expect(
        largestDifference(
          row,
          want.map((x) => sign * x),
        ),
      ).toBeLessThan(1e-9);
      const along = (values: ArrayLike<number>) =>
        Array.from({ length: got.scores.rows }, (_, i) => values[3 * i + k] as number);
      const wanted = along(scores.values).map((x) => sign * x);
      expect(largestDifference(along(got.scores.values), wanted)).toBeLessThan(1e-9);
    }
  }
});

test("a circle fills two components evenly, at equal distances from the centre", () => {
  const p = 97;
  // A circle of radius 2 in a plane of five dimensions, off the origin.
  const [u, v] = [
    [1, 1, 1, 1, 0],
    [1, -1, 1, -1, 0],
  ];
  const circle = matrixBy(p, 5, (x, j) => {
    const angle = (2 * Math.PI * 8 * x) / p;
    return Math.cos(angle) * (u?.[j] ?? 0) + Math.sin(angle) * (v?.[j] ?? 0) + j;
  });
  const { scores, explained, components } = principalComponents(circle);
  expect(largestDifference(explained, [0.5, 0.5])).toBeLessThan(1e-12);
  for (let x = 0; x < p; x++) {
    const radius = Math.hypot(scores.values[2 * x] as number, scores.values[2 * x + 1] as number);
    expect(radius).toBeCloseTo(2, 10);
  }
  expect(
    largestDifference(multiplyTransposed(components, components).values, [1, 0, 0, 1]),
  ).toBeLessThan(1e-12);
});

test("too many components, NaN", () => {
  expect(() => principalComponents(randomMatrix(1, 5, 3), 4)).toThrow(
    new RangeError("5 rows of 3 have 1 … 3 principal components, not 4"),
  );
  expect(() => principalComponents(randomMatrix(1, 2, 3), 2)).toThrow(RangeError);
  expect(() =>
    principalComponents(matrixOf(Float32Array.of(1, Number.NaN, 2, 3), 2, 2), 1),
  ).toThrow(RangeError);
});
