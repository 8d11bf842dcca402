import { expect, test } from "vitest";
import { durationText } from "./time-left";

test("a length of time is said in the unit that fits", () => {
  expect([12.4, 89, 90, 600, 5399, 5400, 13_300, 40_000, 200_000].map(durationText)).toEqual([
    "12 s",
    "89 s",
    "2 min",
    "10 min",
    "90 min",
    "1.5 h",
    "3.7 h",
    "11 h",
    "2 days",
  ]);
});
