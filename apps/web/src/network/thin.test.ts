import { expect, test } from "vitest";
import { thin } from "./thin";

const steps = (count: number, every: number) =>
  Array.from({ length: count }, (_, i) => ({ step: i * every }));

test("few items stay as they are, the very array", () => {
  const few = steps(100, 10);
  expect(thin(few, 100)).toBe(few);
});

test("many are thinned to about half of what is allowed, over the whole course", () => {
  const many = steps(10_001, 10);
  const left = thin(many, 1000);
  expect(left.length).toBeGreaterThan(300);
  expect(left.length).toBeLessThanOrEqual(502);
  expect(left[0]).toBe(many[0]);
  expect(left.at(-1)).toBe(many.at(-1));
  // Dense in the beginning, and no hole longer than two stretches of the root.
  expect(left.slice(0, 5)).toEqual(many.slice(0, 5));
  const gaps = left.slice(1).map(({ step }, i) => Math.sqrt(step) - Math.sqrt(left[i]!.step));
  expect(Math.max(...gaps.slice(10))).toBeLessThan((2 * Math.sqrt(100_000)) / 500);
});

test("what is to be kept is kept", () => {
  const many = steps(5000, 1);
  const odd = new Set([4097, 4098, 4099]);
  const left = thin(many, 100, ({ step }) => odd.has(step)).map(({ step }) => step);
  for (const step of odd) expect(left).toContain(step);
});

test("a run that is thinned again and again stays bounded", () => {
  let kept: readonly { step: number }[] = [];
  let longest = 0;
  for (let step = 0; step < 50_000; step++) {
    kept = thin([...kept, { step }], 200);
    longest = Math.max(longest, kept.length);
  }
  expect(longest).toBe(200);
});
