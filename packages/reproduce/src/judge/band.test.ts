import { expect, it } from "vitest";
import { mlpFactor, seedFactor, timesAround, transformerFactor } from "./band";

it("has the factors that their reasons give", () => {
  // Pairs of PyTorch seeds, half the squared difference of ln t being one estimate of the variance.
  const pairs = [
    [145, 175],
    [80, 90],
    [165, 145],
  ] as const;
  const variance = pairs.reduce((sum, [a, b]) => sum + Math.log(a / b) ** 2 / 2, 0) / pairs.length;
  expect(Math.sqrt(variance)).toBeCloseTo(0.105, 3);
  const student = 3.182;
  expect(transformerFactor).toBeCloseTo(seedFactor(Math.sqrt(variance), student, 5), 1);
  // Residuals of the source's five times around its own law.
  const times = [
    [0.25, 1_126_000],
    [0.3, 637_000],
    [0.35, 447_500],
    [0.4, 340_800],
    [0.45, 267_400],
  ] as const;
  const squares = times.reduce(
    (sum, [x, t]) => sum + (Math.log(t) - Math.log(37_266 * x ** -2.412)) ** 2,
    0,
  );
  expect(Math.sqrt(squares / 3)).toBeCloseTo(0.065, 3);
  expect(mlpFactor).toBeCloseTo(seedFactor(Math.sqrt(squares / 3), student, 5), 1);
});

it("goes as many times down as up", () => {
  expect(timesAround(100, 2)).toEqual([50, 200]);
  expect(timesAround([100, 150], 2)).toEqual([50, 300]);
});
