import fc from "fast-check";
import { expect, test } from "vitest";
import oracle from "../../fixtures/oracle.json";
import { randomStream } from "./stream";

type Key = [number, string, number];

/** Pearson's statistic of counts against equal expectations, in deviations of its distribution. */
function chiSquareDeviation(counts: readonly number[], expected: readonly number[]): number {
  let statistic = 0;
  for (const [i, count] of counts.entries()) {
    statistic += (count - (expected[i] as number)) ** 2 / (expected[i] as number);
  }
  const freedom = counts.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
}

function equalShares(n: number, bins: number): number[] {
  return Array.from({ length: bins }, () => n / bins);
}

test("uniforms, integers and normals are those of an independent implementation", () => {
  let worst = 0;
  for (const { key, uniform, integer, normal } of oracle.streams) {
    const stream = () => randomStream(...(key as Key));
    const uniforms = stream();
    expect(uniform.map(() => uniforms.uniform())).toEqual(uniform);
    for (const [n, draws] of Object.entries(integer)) {
      const integers = stream();
      expect(draws.map(() => integers.integer(Number(n)))).toEqual(draws);
    }
    const normals = stream();
    for (const expected of normal) {
      worst = Math.max(worst, Math.abs(normals.normal() - expected) / Math.abs(expected));
    }
  }
  console.log(`normals: largest relative difference from the oracle ${worst}`);
  expect(worst).toBeLessThan(1e-14);
});

test("the arrays are the single draws, and depend on the key alone", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.string(), fc.maxSafeNat(), (seed, purpose, step) => {
      const single = randomStream(seed, purpose, step);
      const uniforms = randomStream(seed, purpose, step).uniformArray(9);
      for (const value of uniforms) {
        expect(value).toBe(Math.floor(single.uniform() * 2 ** 24) / 2 ** 24);
      }
      const first = randomStream(seed, purpose, step);
      const second = randomStream(seed, purpose, step);
      const normals = first.normalArray(9);
      for (const value of normals) expect(value).toBe(Math.fround(second.normal()));
    }),
    { numRuns: 50 },
  );
});

test("uniforms fill [0, 1) evenly, within a stream and over the first draws of many streams", () => {
  const n = 100_000;
  const within = Array.from({ length: 100 }, () => 0);
  for (const value of randomStream(1, "uniform").uniformArray(n)) {
    expect(value >= 0 && value < 1).toBe(true);
    (within[Math.floor(value * 100)] as number)++;
  }
  expect(Math.abs(chiSquareDeviation(within, equalShares(n, 100)))).toBeLessThan(5);

  const across = Array.from({ length: 100 }, () => 0);
  for (let step = 0; step < 20_000; step++) {
    (across[Math.floor(randomStream(1, "uniform", step).uniform() * 100)] as number)++;
  }
  expect(Math.abs(chiSquareDeviation(across, equalShares(20_000, 100)))).toBeLessThan(5);
});

test("normals have the moments, the quantiles and the tails of the normal distribution", () => {
  const n = 500_000;
  const values = randomStream(2, "normal").normalArray(n);
  const moment = (k: number) => values.reduce((sum, x) => sum + x ** k, 0) / n;
  // Standard errors of the first four moments: √1, √2, √15, √96 over √n. Five of each.
  expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / n));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));

  const edges = [
    -3.090232, -2.326348, -1.281552, -0.67449, 0, 0.67449, 1.281552, 2.326348, 3.090232,
  ];
  const shares = [0.001, 0.009, 0.09, 0.15, 0.25, 0.25, 0.15, 0.09, 0.009, 0.001];
  const counts = Array.from({ length: shares.length }, () => 0);
  for (const value of values) {
    (counts[edges.filter((edge) => value >= edge).length] as number)++;
  }
  const expected = shares.map((share) => share * n);
  expect(Math.abs(chiSquareDeviation(counts, expected))).toBeLessThan(5);
});

test("streams that differ in seed, purpose or step are uncorrelated, also when shifted", () => {
  const n = 20_000;
  const keys: Key[] = [
    [0, "batch", 0],
    [1, "batch", 0],
    [-1, "batch", 0],
    [2 ** 32, "batch", 0],
    [0, "batch", 1],
    [0, "batch", 2],
    [0, "split", 0],
    [0, "batch/", 0],
  ];
  const arrays = keys.map((key) => randomStream(...key).normalArray(n));
  let worst = 0;
  for (const [i, x] of arrays.entries()) {
    for (const [j, y] of arrays.entries()) {
      for (const lag of [0, 1, 2, 3]) {
        if (lag === 0 && j <= i) continue;
        let sum = 0;
        for (let k = 0; k + lag < n; k++) sum += (x[k] as number) * (y[k + lag] as number);
        worst = Math.max(worst, Math.abs(sum) / Math.sqrt(n));
      }
    }
  }
  // 220 standard normals: the chance of one beyond 5 is 1 in 8,000.
  expect(worst).toBeLessThan(5);
});

test.each([2, 3, 97, 3 * 2 ** 30, 2 ** 32, 2 ** 32 + 1, 10 ** 10, 2 ** 53 - 1])(
  "integers below %d are even over twelfths of the range",
  (n) => {
    const draws = 60_000;
    const bins = Math.min(12, n);
    const random = randomStream(3, "integer");
    const outside: number[] = [];
    const counts = Array.from({ length: bins }, () => 0);
    for (let i = 0; i < draws; i++) {
      const value = random.integer(n);
      if (!(Number.isSafeInteger(value) && value >= 0 && value < n)) outside.push(value);
      (counts[Math.floor((value / n) * bins)] as number)++;
    }
    expect(outside).toEqual([]);
    // A bin holds ⌈…⌉ or ⌊…⌋ of the n values.
    const expected = counts.map((_, bin) => {
      if (n > 1000) return draws / bins;
      let values = 0;
      for (let value = 0; value < n; value++) {
        if (Math.floor((value / n) * bins) === bin) values++;
      }
      return (draws * values) / n;
    });
    expect(Math.abs(chiSquareDeviation(counts, expected))).toBeLessThan(5);
  },
);

test("many integers at once are those that come one by one", () => {
  for (const n of [1, 2, 97, 4234, 2 ** 31]) {
    const [one, many] = [randomStream(5, "integers"), randomStream(5, "integers")];
    const expected = Array.from({ length: 100 }, () => one.integer(n));
    expect([...many.integerArray(n, 100)]).toEqual(expected);
    expect(many.uniform()).toBe(one.uniform());
  }
  expect(() => randomStream(5, "integers").integerArray(2 ** 31 + 1, 1)).toThrow(RangeError);
});

test("the last digits of integers are even too", () => {
  const random = randomStream(4, "integer");
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 50_000; i++) (counts[random.integer(10 ** 10) % 10] as number)++;
  expect(Math.abs(chiSquareDeviation(counts, equalShares(50_000, 10)))).toBeLessThan(5);
});

test("permutations hold every number once", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 500 }), (seed, n) => {
      const order = randomStream(seed, "permutation").permutation(n);
      expect([...order].sort((x, y) => x - y)).toEqual(Array.from({ length: n }, (_, i) => i));
    }),
  );
});

test("the 24 permutations of four are equally frequent", () => {
  const counts = new Map<string, number>();
  for (let step = 0; step < 24_000; step++) {
    const order = randomStream(5, "permutation", step).permutation(4).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  expect(Math.abs(chiSquareDeviation([...counts.values()], equalShares(24_000, 24)))).toBeLessThan(
    5,
  );
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("integer(%s) is refused", (n) => {
  expect(() => randomStream(0, "x").integer(n)).toThrow(RangeError);
});

test("integer(1) is 0, and draws of length 0 are empty", () => {
  expect(randomStream(0, "x").integer(1)).toBe(0);
  expect(randomStream(0, "x").normalArray(0)).toHaveLength(0);
  expect(() => randomStream(0, "x").normalArray(-1)).toThrow("The number of draws must be");
});
