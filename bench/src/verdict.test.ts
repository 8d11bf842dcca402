import { expect, it } from "vitest";
import { fine, judge } from "./verdict.ts";

const common = [4.6, 4.5, 4.4];

it("is content with losses like ours that fall", () => {
  expect(judge([4.6001, 4.4999], 3.9, common)).toBe(fine);
});

it("does not ask for a fall of few losses", () => {
  expect(judge([4.6, 4.5], null, common)).toBe(fine);
  expect(judge([4.6, 4.52], null, common)).not.toBe(fine);
});

it.each([
  ["another loss", [4.6, 4.52], 3.9, "its loss at step 2 is 4.52, ours is 4.5"],
  ["a loss that is not a number", [4.6, Number.NaN], 3.9, "its loss at step 2 is NaN, ours is 4.5"],
  [
    "more steps than ours made",
    [...common, 4.3],
    3.9,
    "its loss at step 4 is 4.3, ours is undefined",
  ],
  ["a loss that stays", [4.6, 4.5], 4.6, "its loss went from 4.6 to 4.6"],
  ["a loss that is lost later", [4.6, 4.5], Number.NaN, "its loss went from 4.6 to NaN"],
  ["no losses", [], 3.9, "its loss went from NaN to 3.9"],
])("notices %s", (_, losses, last, verdict) => {
  expect(judge(losses, last, common)).toBe(verdict);
});
