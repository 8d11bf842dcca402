import { expect, it } from "vitest";
import { LeftRuns } from "./left-runs";

it("knows a run that it left until somebody else has had it", () => {
  const left = new LeftRuns();
  expect(left.isStill("a", 1)).toBe(false);
  left.add("a", 1);
  expect(left.isStill("a", 1)).toBe(true);
  expect(left.isStill("a", 2)).toBe(false);
  expect(left.has("a")).toBe(false);
});

it("asks less and less often while nothing else comes", () => {
  const left = new LeftRuns();
  left.add("a", 1);
  left.add("b", 1);
  expect(left.isAll).toBe(false);
  left.isStill("a", 1);
  expect(left.isAll).toBe(true);
  expect([left.patience(), left.patience(), left.patience()]).toEqual([1000, 2000, 4000]);
  left.others();
  expect(left.isAll).toBe(false);
  expect(left.patience()).toBe(1000);
});
