import fc from "fast-check";
import { expect, it } from "vitest";
import { type OrderedRun, orderTest } from "./order-test";

const runs = (groups: readonly (readonly number[])[], stratum = ""): OrderedRun[] =>
  groups.flatMap((values, place) =>
    values.map((value) => ({ place, stratum, measured: { value, happened: true } })),
  );

it("is Mann and Whitney's test of two groups", () => {
  // scipy.stats.mannwhitneyu([1, 2, 4], [3, 5, 6, 7], alternative="less", method="exact"): U = 1.
  const test = orderTest(
    runs([
      [1, 2, 4],
      [3, 5, 6, 7],
    ]),
  );
  expect(test).toMatchObject({ as: 11, against: 1, least: 1 / 35 });
  expect(test?.p).toBeCloseTo(2 / 35, 12);
});

it("is Jonckheere and Terpstra's test of several", () => {
  // Only the order itself is as good: 1 of 4!.
  expect(orderTest(runs([[1], [2], [3], [4]]))?.p).toBeCloseTo(1 / 24, 12);
  // One neighbouring pair is swapped: that and the three others like it, and the order itself.
  expect(orderTest(runs([[2], [1], [3], [4]]))?.p).toBeCloseTo(4 / 24, 12);
});

it("knows of a run that ended before it happened only that it is later", () => {
  const never = (place: number, value: number): OrderedRun => ({
    place,
    stratum: "",
    measured: { value, happened: false },
  });
  const seen = runs([[10, 20]]);
  expect(orderTest([...seen, never(1, 50)])).toMatchObject({ as: 2, against: 0 });
  expect(orderTest([...seen, never(1, 15)])).toMatchObject({ as: 1, against: 0 });
  expect(orderTest([never(0, 50), never(1, 60)])).toMatchObject({ as: 0, against: 0, p: 1 });
});

it("compares within strata alone", () => {
  const small = runs(
    [
      [1, 2],
      [3, 4],
    ],
    "small",
  );
  const large = runs(
    [
      [101, 102],
      [103, 104],
    ],
    "large",
  );
  const test = orderTest([...small, ...large]);
  expect(test).toMatchObject({ as: 8, against: 0 });
  expect(test?.least).toBeCloseTo(1 / 36, 12);
  // 10,000 draws of a share of 1/36: a standard deviation of .0016.
  expect(Math.abs((test?.p ?? 0) - 1 / 36)).toBeLessThan(0.008);
});

it("has nothing to say without two groups", () => {
  expect(orderTest([])).toBeNull();
  expect(orderTest(runs([[1, 2, 3]]))).toBeNull();
});

it("keeps its level: of random groups at most 5% are told apart at 5%", () => {
  const level = 0.05;
  let rejected = 0;
  const draws = 400;
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7], { minLength: 7 }), (values) => {
      const test = orderTest(runs([values.slice(0, 3), values.slice(3)]));
      if ((test?.p ?? 1) <= level) rejected++;
    }),
    { numRuns: draws, seed: 1 },
  );
  // Exactly one of 35 arrangements has p ≤ .05: 11 of 400 on average, and 3 standard deviations.
  expect(rejected).toBeLessThan(22);
});
