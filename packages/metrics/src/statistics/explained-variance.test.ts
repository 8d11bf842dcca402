import { expect, it } from "vitest";
import { explainedVariance } from "./explained-variance";

it("is η², ω² and the interval of the noncentral F, as scipy computes them", () => {
  const found = explainedVariance([
    [1, 2, 3],
    [2, 4, 6, 5],
    [7, 8],
  ]);
  expect(found?.raw).toBeCloseTo(0.7634345794392523, 12);
  expect(found?.chance).toBe(0.25);
  expect(found?.corrected).toBeCloseTo(0.6586119696543973, 12);
  expect(found?.interval?.[0]).toBeCloseTo(0.07320516, 5);
  expect(found?.interval?.[1]).toBeCloseTo(0.85827717, 5);
});

it("says of a share below chance that it is none", () => {
  // Two groups with the same values: nothing lies between them.
  const none = explainedVariance([
    [0, 1, 0, 1],
    [1, 0, 1, 0],
  ]);
  expect(none).toMatchObject({ raw: 0, chance: 1 / 7 });
  expect(none?.corrected).toBeLessThan(0);
  expect(none?.interval?.[0]).toBe(0);
});

it("is nothing for too few values, 0 for values that do not differ, and all if groups are all", () => {
  expect(explainedVariance([[1, 2]])).toBeNull();
  expect(explainedVariance([[1], [2]])).toBeNull();
  expect(
    explainedVariance([
      [1, 1],
      [1, 1],
    ]),
  ).toMatchObject({ raw: 0, corrected: 0, interval: null });
  expect(
    explainedVariance([
      [0, 0],
      [1, 1],
    ]),
  ).toMatchObject({ raw: 1, corrected: 1, interval: [1, 1] });
  expect(() => explainedVariance([[Number.NaN], [1, 2]])).toThrow(RangeError);
});
