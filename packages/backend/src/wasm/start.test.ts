import { maxThreads } from "@grok/ops";
import { expect, it } from "vitest";
import { resolveThreads } from "./start";

it("takes the processors of a large machine as far as the limit goes", () => {
  expect(resolveThreads(undefined, true, 8)).toBe(8);
  expect(resolveThreads(undefined, true, 96)).toBe(96);
  expect(resolveThreads(undefined, true, 4 * maxThreads)).toBe(maxThreads);
  expect(resolveThreads(undefined, false, 96)).toBe(1);
});

it("takes as many threads as an experiment may ask for, and no more", () => {
  expect(resolveThreads(maxThreads, true, 2)).toBe(maxThreads);
  for (const threads of [0, 1.5, maxThreads + 1]) {
    expect(() => resolveThreads(threads, true, 2)).toThrow(`from 1 to ${maxThreads}`);
  }
  expect(() => resolveThreads(2, false, 2)).toThrow(/cannot be shared/);
});
