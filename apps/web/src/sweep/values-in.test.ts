import { expect, test } from "vitest";
import { countOf, pointsOf, pointText, valuesIn } from "./values-in";

test.each([
  ["0.1, 1", ["0.1", "1"]],
  ["0,1; 1", ["0.1", "1"]],
  ["0,1, 0,5, 1", ["0.1", "0.5", "1"]],
  ["1,2,3", ["1", "2", "3"]],
  ["0 1 2", ["0", "1", "2"]],
  ["1, 1, 2,", ["1", "2"]],
  ["1, x", ["1", "x"]],
])("%s is several values", (text, values) => {
  expect(valuesIn(text)).toEqual(values);
});

test.each(["", "1", "0,5", "0.5", " 1 ", "1, 1", "1e-3", "1,"])(
  "%j is one value at most",
  (text) => {
    expect(valuesIn(text)).toBeNull();
  },
);

test("a sweep has every combination, and each is named by its settings", () => {
  const several = { "weight-decay": ["0.1", "1"], seed: ["0", "1", "2"] };
  expect(countOf(several)).toBe(6);
  expect(pointsOf(several).map(pointText)).toEqual([
    "weight decay 0.1, seed 0",
    "weight decay 0.1, seed 1",
    "weight decay 0.1, seed 2",
    "weight decay 1, seed 0",
    "weight decay 1, seed 1",
    "weight decay 1, seed 2",
  ]);
});
