import fc from "fast-check";
import { expect, it } from "vitest";
import { leastChance, type OrderedRun, orderTest } from "./order-test";

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
  expect(test).toMatchObject({ isExact: true });
  expect(test?.p).toBeCloseTo(1 / 36, 12);
});

it("is exact where drawing at random could only say that p is small", () => {
  // Five values of one run each in three strata, all as claimed: (1/5!)³ = 5.8·10⁻⁷.
  const strata = ["+", "-", "/"].flatMap((stratum) => runs([[1], [2], [3], [4], [5]], stratum));
  expect(orderTest(strata)?.p).toBeCloseTo(1 / 120 ** 3, 15);
  expect(orderTest(strata)).toMatchObject({ isExact: true });
  // Ties: of {1, 1} against {1, 2} in 6 ways, 3 have the 2 in the second group.
  expect(
    orderTest(
      runs([
        [1, 1],
        [1, 2],
      ]),
    )?.p,
  ).toBeCloseTo(1 / 2, 12);
});

it("takes what the claim is about as the unit, not the run", () => {
  // One symmetric operation against two others, five fractions each, all as claimed.
  const operations = [0.3, 0.4, 0.5, 0.6, 0.8].flatMap((fraction, i) =>
    [
      ["+", 0],
      ["-", 1],
      ["/", 1],
    ].map(([unit, place], k) => ({
      unit: String(unit),
      place: Number(place),
      stratum: String(fraction),
      measured: { value: 100 * (5 - i) + 10 * k, happened: true },
    })),
  );
  const test = orderTest(operations);
  expect(test).toMatchObject({ as: 10, against: 0, isExact: true, least: 1 / 3 });
  expect(test?.p).toBeCloseTo(1 / 3, 12);
  // Taken as 15 independent runs the same table seems to be beyond doubt: (1/3)⁵.
  const runsAlone = operations.map(({ place, stratum, measured }) => ({
    place,
    stratum,
    measured,
  }));
  expect(orderTest(runsAlone)?.p).toBeCloseTo(1 / 243, 12);
  expect(() => orderTest([...operations, { ...operations[0], place: 1 } as OrderedRun])).toThrow(
    'all runs of a unit have one place; those of "+" have 0 and 1',
  );
});

it("says what a design can show at best", () => {
  const design = (...sizes: number[]) =>
    sizes.flatMap((size, place) => Array.from({ length: size }, () => ({ place, stratum: "" })));
  expect(leastChance(design(3, 3))).toBeCloseTo(1 / 20, 12);
  expect(leastChance(design(5, 5))).toBeCloseTo(1 / 252, 12);
  expect(leastChance(design(1, 10))).toBeCloseTo(1 / 11, 12);
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
