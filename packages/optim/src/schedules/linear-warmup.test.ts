import { expect, test } from "vitest";
import { linearWarmup } from "./linear-warmup";

test("counted from 0, as in mlx: the first update has rate 0", () => {
  const factor = linearWarmup({ steps: 10 });
  expect([0, 1, 5, 9, 10, 11, 1e6].map(factor)).toEqual([0, 0.1, 0.5, 0.9, 1, 1, 1]);
});

test("counted from 1, as in JohanLi233/grokking: min(step/10, 1)", () => {
  const factor = linearWarmup({ steps: 10, offset: 1 });
  expect([0, 1, 4, 8, 9, 10].map(factor)).toEqual([0.1, 0.2, 0.5, 0.9, 1, 1]);
});

test("no steps are no warm-up", () => {
  expect(linearWarmup({ steps: 0 })(0)).toBe(1);
});

test("wrong settings", () => {
  expect(() => linearWarmup({ steps: -1 })).toThrow(
    new RangeError("linearWarmup: steps must be a whole number ≥ 0, not -1"),
  );
  expect(() => linearWarmup({ steps: 2.5 })).toThrow(RangeError);
  expect(() => linearWarmup({ steps: Number.NaN })).toThrow(RangeError);
  expect(() => linearWarmup({ steps: 1, offset: -1 })).toThrow(RangeError);
});
