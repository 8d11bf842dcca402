import { randomStream } from "@grok/data";
import { expect, it } from "vitest";
import { type PowerLawRun, powerLaw } from "./power-law";

/** Times around 500 · x^−1.5, watched until `end`. */
function simulated(n: number, end: number, seed: number): PowerLawRun[] {
  const stream = randomStream(seed, "power law", 0);
  return Array.from({ length: n }, () => {
    const x = 0.1 + 2 * stream.uniform();
    const time = Math.exp(Math.log(500) - 1.5 * Math.log(x) + 0.4 * stream.normal());
    return { x, time: Math.min(time, end), happened: time <= end };
  });
}

/** ln L, written out, with Φ by Simpson's rule. */
function logLikelihood(runs: readonly PowerLawRun[], a: number, b: number, s: number): number {
  const density = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  const above = (z: number) => {
    const [to, n] = [12, 2_000];
    const width = (to - z) / n;
    let sum = density(z) + density(to);
    for (let i = 1; i < n; i++) sum += (i % 2 === 1 ? 4 : 2) * density(z + i * width);
    return (sum * width) / 3;
  };
  return runs.reduce((sum, { x, time, happened }) => {
    const z = (Math.log(time) - a - b * Math.log(x)) / Math.exp(s);
    return sum + (happened ? Math.log(density(z)) - s : Math.log(above(z)));
  }, 0);
}

it("finds a law that holds exactly", () => {
  const runs = [0.5, 1, 2, 4].map((x) => ({ x, time: 300 * x ** -2, happened: true }));
  const law = powerLaw(runs);
  expect(law?.factor).toBeCloseTo(300, 9);
  expect(law?.exponent).toBeCloseTo(-2, 12);
  expect(law?.spread).toBeLessThan(1e-12);
  expect(law).toMatchObject({ runs: 4, events: 4, exponentError: 0 });
});

it("is where the likelihood is highest, with the error that its curvature says", () => {
  const runs = simulated(60, 900, 1);
  const law = powerLaw(runs);
  if (law === null) throw new Error("no law");
  expect(law.events).toBeLessThan(55);
  // The likelihood is highest at the spread with n and not n − 2.
  const correction = Math.sqrt(law.events / law.degrees);
  const best = [Math.log(law.factor), law.exponent, Math.log(law.spread / correction)] as const;
  const at = (...moves: [number, number][]) => {
    const values: number[] = [...best];
    for (const [i, by] of moves) values[i] = (values[i] as number) + by;
    return logLikelihood(runs, ...(values as [number, number, number]));
  };
  const h = 1e-3;
  for (const i of [0, 1, 2])
    expect(Math.abs(at([i, h]) - at([i, -h])) / (2 * h)).toBeLessThan(1e-4);
  const second = (i: number, j: number) =>
    (at([i, h], [j, h]) - at([i, h], [j, -h]) - at([i, -h], [j, h]) + at([i, -h], [j, -h])) /
    (4 * h * h);
  const m = [0, 1, 2].map((i) => [0, 1, 2].map((j) => -second(i, j))) as [
    [number, number, number],
    [number, number, number],
    [number, number, number],
  ];
  const determinant =
    m[0][0] * (m[1][1] * m[2][2] - m[1][2] ** 2) -
    m[0][1] * (m[0][1] * m[2][2] - m[1][2] * m[0][2]) +
    m[0][2] * (m[0][1] * m[1][2] - m[1][1] * m[0][2]);
  const error = Math.sqrt((m[0][0] * m[2][2] - m[0][2] ** 2) / determinant);
  expect(law.exponentError / correction).toBeCloseTo(error, 5);
});

it("has the error of least squares and its degrees of freedom where nothing is censored", () => {
  // scipy.stats.linregress of the logarithms: slope −2.38967, standard error .127682.
  const law = powerLaw(
    [
      [0.25, 1_075_000],
      [0.4, 320_000],
      [0.45, 264_800],
      [0.45, 270_800],
    ].map(([x, time]) => ({ x: x as number, time: time as number, happened: true })),
  );
  expect(law?.exponent).toBeCloseTo(-2.3896726378, 9);
  expect(law?.exponentError).toBeCloseTo(0.1276820777, 9);
  expect(law?.degrees).toBe(2);
  // Student's quantile with 2 degrees of freedom is 4.303: an interval of ± .55, and not of ± .18.
  expect(law?.exponentInterval[1]).toBeCloseTo(-2.3896726378 + 4.3026527299 * 0.1276820777, 8);
});

it("is not misled by runs that never grokked, as leaving them out would be", () => {
  const runs = simulated(4_000, 800, 2);
  const law = powerLaw(runs);
  const without = powerLaw(runs.filter(({ happened }) => happened));
  expect(law?.events).toBeLessThan(3_200);
  expect(Math.abs((law?.exponent ?? 0) + 1.5)).toBeLessThan(3 * (law?.exponentError ?? 0));
  expect(law?.factor).toBeGreaterThan(485);
  expect(law?.factor).toBeLessThan(515);
  expect(law?.spread).toBeCloseTo(0.4, 1);
  expect(without?.exponent).toBeGreaterThan(-1.3);
});

it("is nothing where there is too little, and refuses what has no logarithm", () => {
  const at = (x: number, happened = true) => ({ x, time: 100, happened });
  expect(powerLaw([])).toBeNull();
  expect(powerLaw([at(1), at(2)])).toBeNull();
  expect(powerLaw([at(1), at(1), at(1), at(2, false)])).toBeNull();
  expect(() => powerLaw([at(0)])).toThrow("a power law needs x and time above 0, not 0 and 100");
});
