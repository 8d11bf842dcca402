import { expect, test } from "vitest";
import { matrixOf } from "../matrix/matrix";
import { targetAlignment } from "./target-alignment";

const targets = [1, -2, 3, 0.5];
const n = targets.length;
const kernelOf = (of: (i: number, j: number) => number) =>
  matrixOf(
    Float64Array.from({ length: n * n }, (_, at) => of(Math.floor(at / n), at % n)),
    n,
    n,
  );
const mean = targets.reduce((sum, y) => sum + y, 0) / n;
const centred = targets.map((y) => y - mean);

test("is 1 for the targets' own kernel, whatever its scale, and −1 for its negative", () => {
  const own = (scale: number) =>
    kernelOf((i, j) => scale * (centred[i] as number) * (centred[j] as number));
  expect(targetAlignment(own(1), targets)).toBeCloseTo(1, 12);
  expect(targetAlignment(own(7), targets)).toBeCloseTo(1, 12);
  expect(targetAlignment(own(-1), targets)).toBeCloseTo(-1, 12);
});

test("of the identity it is one in √(n − 1) directions, and of a constant kernel undefined", () => {
  const identity = kernelOf((i, j) => (i === j ? 1 : 0));
  expect(targetAlignment(identity, targets)).toBeCloseTo(1 / Math.sqrt(n - 1), 12);
  expect(
    targetAlignment(
      kernelOf(() => 2),
      targets,
    ),
  ).toBeNaN();
});
