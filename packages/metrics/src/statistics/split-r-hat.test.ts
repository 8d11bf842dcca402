import { randomStream } from "@grok/data";
import { expect, test } from "vitest";
import { splitRHat } from "./split-r-hat";

test("is what the formula gives by hand", () => {
  // Halves [1, 2], [1, 2], [2, 1], [2, 1]: no variance between, ½ within, n = 2.
  expect(
    splitRHat([
      [1, 2, 1, 2],
      [2, 1, 2, 1],
    ]),
  ).toBeCloseTo(Math.SQRT1_2, 12);
  // Halves [0, 2], [4, 6]: means 1 and 5, W = 2, variance of the means 8: ½ + 4.
  expect(splitRHat([[0, 2, 4, 6]])).toBeCloseTo(Math.sqrt(4.5), 12);
  // The middle draw is left out.
  expect(splitRHat([[0, 2, 100, 4, 6]])).toBeCloseTo(Math.sqrt(4.5), 12);
  expect(splitRHat([[3, 3, 3, 3]])).toBe(1);
  expect(splitRHat([[3, 3, 4, 4]])).toBe(Number.POSITIVE_INFINITY);
});

test("is near 1 for independent draws, and far from it for a trend or chains that disagree", () => {
  const random = randomStream(0, "start");
  const chain = (mean: (t: number) => number) =>
    Float64Array.from({ length: 400 }, (_, t) => mean(t) + random.normal());
  const settled = Array.from({ length: 4 }, () => chain(() => 0));
  expect(splitRHat(settled)).toBeLessThan(1.02);
  expect(splitRHat(Array.from({ length: 4 }, () => chain((t) => t / 200)))).toBeGreaterThan(1.1);
  expect(splitRHat([...settled.slice(1), chain(() => 2)])).toBeGreaterThan(1.1);
});
