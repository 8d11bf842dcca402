import { expect, it } from "vitest";
import oracle from "../../fixtures/sobol.json";
import { sobolDimensions, sobolPoints } from "./sobol";

it("gives the points of PyTorch's SobolEngine in all its dimensions, bit for bit", () => {
  expect(sobolDimensions).toBe(21);
  const points = sobolPoints(oracle.points.length, sobolDimensions);
  expect(points).toEqual(oracle.points);
});

it("gives the known beginning of the sequence in two dimensions", () => {
  expect(sobolPoints(5, 2)).toEqual([
    [0, 0],
    [0.5, 0.5],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.375, 0.375],
  ]);
});

it("has one of 2^k points in each of 2^k equal parts of every axis, also when shifted", () => {
  for (const shift of [[], Array.from({ length: 21 }, (_, i) => (0x9e3779b9 * (i + 1)) >>> 0)]) {
    const points = sobolPoints(64, 21, shift);
    for (let j = 0; j < 21; j++) {
      expect(new Set(points.map((point) => Math.floor(64 * (point[j] as number)))).size).toBe(64);
    }
  }
});

it("refuses dimensions that it has no numbers for", () => {
  expect(() => sobolPoints(1, 22)).toThrow("Sobol points have 1 to 21 dimensions, not 22.");
});
