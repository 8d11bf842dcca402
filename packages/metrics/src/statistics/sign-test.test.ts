import { expect, it } from "vitest";
import { signTest } from "./sign-test";

it("is the exact binomial test, and says what so many runs can show at best", () => {
  expect(signTest([1, 2, 3, 4, 5])).toEqual({ rising: 5, falling: 0, p: 1 / 32, least: 1 / 32 });
  expect(signTest([1, 1, 1, 1, -1])).toMatchObject({ rising: 4, falling: 1, p: 0.1875 });
  // One run that rises is no evidence: it does so in one of two.
  expect(signTest([0.2])).toMatchObject({ p: 0.5, least: 0.5 });
  expect(signTest([0, 1])).toMatchObject({ p: 0.5, least: 0.25 });
  expect(signTest([])).toMatchObject({ p: 1, least: 1 });
  expect(() => signTest([Number.NaN])).toThrow(RangeError);
});
