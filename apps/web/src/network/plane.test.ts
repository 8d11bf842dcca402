import { randomStream } from "@grok/data";
import { type Matrix, matrixOf } from "@grok/metrics";
import { expect, test } from "vitest";
import { alignSigns, alignTurn, planeView } from "./plane";

const points = matrixOf(randomStream(1, "plane").normalArray(80), 40, 2);

function map(matrix: Matrix, to: (x: number, y: number) => [number, number]): Matrix {
  const values = Float64Array.from(matrix.values);
  for (let i = 0; i < values.length; i += 2) {
    values.set(to(values[i] as number, values[i + 1] as number), i);
  }
  return { ...matrix, values };
}

function distance(one: Matrix, other: Matrix): number {
  return Math.max(...Array.from(one.values, (x, i) => Math.abs(x - (other.values[i] as number))));
}

test("is off by half a unit at most, and the largest is at the edge", () => {
  const { points: view, unit } = planeView(points);
  const worst = Math.max(...view.map((x, i) => Math.abs(x * unit - (points.values[i] as number))));
  expect(worst).toBeLessThanOrEqual(unit / 2 + 1e-12);
  expect(Math.max(...view.map(Math.abs))).toBe(127);
  expect(planeView(matrixOf(new Float64Array(4), 2, 2))).toEqual({
    points: new Int8Array(4),
    unit: 1,
  });
});

test("flips axes back", () => {
  const before = planeView(points);
  for (const [x, y] of [
    [1, 1],
    [-1, 1],
    [1, -1],
    [-1, -1],
  ] as const) {
    const flipped = map(points, (px, py) => [x * px, y * py]);
    expect(distance(alignSigns(flipped, before), points)).toBe(0);
  }
});

test("turns back what was turned, turned over or not", () => {
  const before = planeView(points);
  for (const angle of [0, 0.3, 1.5, 3, -2.2]) {
    for (const side of [1, -1]) {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const turned = map(points, (x, y) => [c * x - s * side * y, s * x + c * side * y]);
      // What is before is in eighths of a bit, so the turn is found up to that.
      expect(distance(alignTurn(turned, before), points)).toBeLessThan(0.01);
    }
  }
});

test("leaves alone what has nothing before it", () => {
  expect(alignSigns(points, null)).toBe(points);
  expect(alignTurn(points, undefined)).toBe(points);
  expect(alignTurn(points, { points: new Int8Array(6), unit: 1 })).toBe(points);
});
