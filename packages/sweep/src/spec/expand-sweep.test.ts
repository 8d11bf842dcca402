import fc from "fast-check";
import { expect, it } from "vitest";
import { SweepError } from "../sweep-error";
import { expandSweep, sweepAxes } from "./expand-sweep";
import type { SweepSpec } from "./spec";

const base = { preset: "mlp", flags: { p: 11, width: 16 } };
const expand = (spec: SweepSpec) => expandSweep({ ...base, ...spec }).map((run) => run.experiment);

it("gives every combination of grid, list and seeds, the last varying fastest", () => {
  const spec: SweepSpec = {
    grid: { "weight-decay": [0.1, 1] },
    list: [
      { optimizer: "adamw", lr: 0.001 },
      { optimizer: "sgd", lr: 0.1 },
    ],
    seeds: "3..4",
  };
  const shown = expand(spec).map(({ optimizer: { kind, lr, weightDecay }, seed, task }) => {
    expect(task).toMatchObject({ p: 11 });
    return [weightDecay, kind, lr, seed];
  });
  expect(shown).toEqual([
    [0.1, "adamw", 0.001, 3],
    [0.1, "adamw", 0.001, 4],
    [0.1, "sgd", 0.1, 3],
    [0.1, "sgd", 0.1, 4],
    [1, "adamw", 0.001, 3],
    [1, "adamw", 0.001, 4],
    [1, "sgd", 0.1, 3],
    [1, "sgd", 0.1, 4],
  ]);
  expect(sweepAxes(spec)).toEqual(["weight-decay", "optimizer", "lr", "seed"]);
});

it("sweeps the variants of the literature, words beside numbers", () => {
  const spec: SweepSpec = {
    preset: "addition-777",
    flags: {},
    grid: { "weight-norm": ["none", "initial", 7], "tied-head": [true, false] },
    list: [
      { "d-model": 5, "mlp-mult": 4, "init-scale": 0.5 },
      { "d-model": 6, "mlp-mult": 3, "output-scale": 2 },
    ],
  };
  const shown = expandSweep(spec).map(({ experiment: { optimizer, model }, name }) => {
    if (!("dModel" in model)) throw new Error(`${name} is no transformer`);
    const { dModel, mlpMult, tiedHead, initialScale, outputScale } = model;
    return [optimizer.weightNorm, tiedHead, dModel, mlpMult, initialScale, outputScale];
  });
  expect(shown).toEqual(
    [null, "initial", 7].flatMap((norm) =>
      [true, false].flatMap((tied) => [
        [norm, tied, 5, 4, 0.5, 1],
        [norm, tied, 6, 3, 1, 2],
      ]),
    ),
  );
});

it("spaces ranges evenly, by factors, and in whole numbers", () => {
  const values = (range: object) =>
    expand({ grid: { lr: range } as never }).map(({ optimizer }) => optimizer.lr);
  expect(values({ from: 0.1, to: 0.3, count: 3 })).toEqual([0.1, 0.2, 0.3]);
  expect(values({ from: 0.001, to: 10, count: 5, scale: "log" })).toEqual([
    0.001, 0.01, 0.1, 1, 10,
  ]);
  const widths = expandSweep({
    ...base,
    grid: { width: { from: 8, to: 64, count: 4, scale: "log", integer: true } },
  });
  expect(
    widths.map(({ experiment }) => "width" in experiment.model && experiment.model.width),
  ).toEqual([8, 16, 32, 64]);
});

it("keeps samples within their bounds, and the first points whatever their number", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("sobol" as const, "random" as const),
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: -5, max: 5 }),
      (method, count, seed) => {
        const over = {
          lr: { from: 1e-4, to: 1e-2, scale: "log" as const },
          width: { from: 4, to: 9, integer: true },
          optimizer: ["adamw", "lion"],
        };
        const sample = { method, count: Math.min(count, 40), seed, over };
        const experiments = expand({ sample });
        for (const { optimizer, model } of experiments) {
          expect(optimizer.lr).toBeGreaterThanOrEqual(1e-4);
          expect(optimizer.lr).toBeLessThanOrEqual(1e-2);
          expect("width" in model && [4, 5, 6, 7, 8, 9].includes(model.width)).toBe(true);
        }
        const fewer = expand({ sample: { ...sample, count: 1 } });
        expect(experiments[0]).toEqual(fewer[0]);
      },
    ),
    { numRuns: 20 },
  );
});

it("gives each whole number and each choice of a sample its equal part", () => {
  const experiments = expand({
    sample: { count: 60, over: { width: { from: 4, to: 9, integer: true }, op: ["+", "-", "*"] } },
  });
  const tally = (of: (each: (typeof experiments)[number]) => unknown) => {
    const counts = new Map<unknown, number>();
    for (const each of experiments) counts.set(of(each), (counts.get(of(each)) ?? 0) + 1);
    return [...counts.values()];
  };
  const widths = tally(({ model }) => "width" in model && model.width);
  expect(widths).toHaveLength(6);
  // Runs that fall together are one: with 60 points all 18 combinations came up.
  expect(widths).toEqual([3, 3, 3, 3, 3, 3]);
});

it("leaves out what is excluded, and gives flags only where their condition holds", () => {
  const spec: SweepSpec = {
    grid: { optimizer: ["adamw", "sgd"], beta2: [0.98, 0.999], "weight-decay": [0.1, 1, 10] },
    when: { beta2: { optimizer: ["adamw", "adam"] } },
    exclude: [{ optimizer: "sgd", "weight-decay": { from: 1 } }],
  };
  const shown = expand(spec).map(({ optimizer }) => [
    optimizer.kind,
    "beta2" in optimizer ? optimizer.beta2 : null,
    optimizer.weightDecay,
  ]);
  expect(shown).toEqual([
    ["adamw", 0.98, 0.1],
    ["adamw", 0.98, 1],
    ["adamw", 0.98, 10],
    ["adamw", 0.999, 0.1],
    ["adamw", 0.999, 1],
    ["adamw", 0.999, 10],
    ["sgd", null, 0.1],
  ]);
});

it("is one run where settings come to the same experiment, in whatever form they were given", () => {
  const runs = expandSweep({ ...base, list: [{ lr: "1e-3" }, { lr: 0.001 }, {}] });
  expect(runs).toHaveLength(1);
  const [run] = expandSweep({ ...base, grid: { lr: { from: 0.0001, to: 0.001, count: 2 } } }).slice(
    1,
  );
  expect(run?.name).toBe(runs[0]?.name);
});

it("lets presets vary like flags", () => {
  const presets = expandSweep({ grid: { preset: ["mlp", "nanda"] } }).map(
    (run) => run.experiment.preset,
  );
  expect(presets).toEqual(["mlp", "nanda"]);
});

it.each<[string, unknown, string]>([
  ["no sweep", 7, "A sweep must be an object with grid, list, sample or seeds."],
  ["an unknown key", { gird: {} }, "Unknown key gird; did you mean grid?"],
  [
    "an unknown flag",
    { grid: { "weight-decya": [1] } },
    "grid has the unknown flag weight-decya; did you mean weight-decay?",
  ],
  [
    "an axis that is none",
    { grid: { lr: 1 } },
    "grid.lr must be a list of values or { from, to, count, scale }.",
  ],
  ["an empty axis", { grid: { lr: [] } }, "grid.lr must have a value."],
  [
    "a value of no kind",
    { grid: { lr: [1, [2]] } },
    'grid.lr.2 must be a number, a text, true, false or null, not a list; a text such as "-" needs quotes.',
  ],
  [
    "a range without count",
    { grid: { lr: { from: 1, to: 2 } } },
    "grid.lr.count must be a whole number.",
  ],
  [
    "a range with another key",
    { grid: { lr: { from: 1, to: 2, cuont: 3, count: 3 } } },
    "Unknown key grid.lr.cuont; did you mean count?",
  ],
  [
    "a range that falls",
    { grid: { lr: { from: 2, to: 1, count: 2 } } },
    "grid.lr must rise from 2, not to 1.",
  ],
  [
    "a log range from 0",
    { grid: { lr: { from: 0, to: 1, count: 2, scale: "log" } } },
    "grid.lr has a log scale, which must begin above 0, not at 0.",
  ],
  [
    "a flag twice",
    { grid: { lr: [1] }, list: [{ lr: 2 }] },
    "lr is in grid and in list; it can vary in one of them.",
  ],
  [
    "an alias beside its flag",
    { grid: { "train-frac": [0.3], "train-fraction": [0.4] } },
    "grid has the flag train-fraction twice.",
  ],
  ["seeds that fall", { seeds: "4..0" }, "seeds must rise, and be at most 100,000, not 4..0."],
  [
    "seeds that are none",
    { seeds: {} },
    "seeds must be a list of whole numbers or a range such as 0..4, not {}.",
  ],
  [
    "seed and seeds",
    { seeds: "0..1", flags: { seed: 3 } },
    "seed is in flags and in seeds; give one of them.",
  ],
  [
    "threads",
    { flags: { threads: 2 } },
    "flags cannot have threads: threads are divided among the runs by --threads and --jobs of grok sweep.",
  ],
  [
    "too many",
    { grid: { lr: { from: 1, to: 2, count: 1000 } }, seeds: "0..999" },
    "A sweep may have 100,000 runs, not 1,000,000.",
  ],
  [
    "nothing left",
    { grid: { lr: [1] }, exclude: [{ lr: 1 }] },
    "The sweep has no runs: exclude leaves none.",
  ],
  [
    "a run that cannot be",
    { grid: { lr: [0.1, -1] }, seeds: "0..1" },
    "In run 3 of 4 (lr -1, seed 0): --lr must be a number greater than 0, not -1.",
  ],
  [
    "an unknown preset",
    { preset: "mpl" },
    'In run 1 of 1: Unknown preset "mpl"; did you mean mlp?',
  ],
  [
    "a condition of no kind",
    { exclude: [{ lr: { form: 1 } }] },
    "Unknown key exclude.1.lr.form; did you mean from?",
  ],
])("refuses %s in a sentence that names the place", (_what, spec, sentence) => {
  const refuse = () => expandSweep(spec as SweepSpec);
  expect(refuse).toThrow(SweepError);
  expect(refuse).toThrow(sentence);
});
