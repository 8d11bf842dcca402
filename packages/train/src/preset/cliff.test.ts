import { parameterCount } from "@grok/models";
import { expect, it } from "vitest";
import { modelOf } from "../experiment/build";
import { resolveExperiment } from "./resolve";

type Size = [name: string, layers: number, heads: number, width: number, hidden: number];

/** The networks of yhavinga/gpt-acc-jax's report, with the parameters that it counts. */
const untied: [...Size, ffnBias: boolean, tied: boolean, parameters: number][] = [
  ["small-3L-48d", 3, 2, 48, 192, true, false, 87_360],
  ["small-2L-64d", 2, 2, 64, 256, true, false, 103_616],
  ["tiny-2L-32d", 2, 2, 32, 128, true, false, 27_232],
  ["mini-2L-24d", 2, 2, 24, 96, true, false, 15_816],
  ["mini-1L-32d", 1, 2, 32, 128, true, false, 14_656],
  ["micro-1L-24d", 1, 2, 24, 96, true, false, 8_688],
  ["micro-2L-16d", 2, 1, 16, 64, true, false, 7_472],
  ["micro-2L-12d", 2, 1, 12, 48, true, false, 4_452],
  ["micro-1L-16d", 1, 1, 16, 64, true, false, 4_256],
  ["nano-1L-12d", 1, 1, 12, 48, true, false, 2_616],
  ["nano-2L-8d", 2, 1, 8, 32, true, false, 2_200],
  ["nano-1L-8d", 1, 1, 8, 32, true, false, 1_360],
  ["pico-1L-7d", 1, 1, 7, 28, true, false, 1_106],
  ["pico-1L-7d-nob", 1, 1, 7, 28, false, false, 1_071],
  ["pico-1L-7d-tied", 1, 1, 7, 28, true, true, 1_008],
  ["pico-1L-7d-both", 1, 1, 7, 28, false, true, 973],
  ["pico-1L-6d", 1, 1, 6, 24, true, false, 876],
  ["pico-1L-6d-nob", 1, 1, 6, 24, false, false, 846],
  ["pico-1L-6d-tied", 1, 1, 6, 24, true, true, 792],
  ["pico-1L-6d-both", 1, 1, 6, 24, false, true, 762],
  ["pico-1L-5d", 1, 1, 5, 20, true, false, 670],
  ["pico-1L-5d-both", 1, 1, 5, 20, false, true, 575],
  ["pico-1L-4d", 1, 1, 4, 16, true, false, 488],
  ["pico-7d-ff21", 1, 1, 7, 21, false, true, 875],
  ["pico-7d-ff14", 1, 1, 7, 14, false, true, 777],
  ["pico-7d-ff7", 1, 1, 7, 7, false, true, 679],
];

it.each(untied)("%s is a network of flags over addition-777", (...row) => {
  const [, layers, heads, width, hidden, ffnBias, tied, parameters] = row;
  const experiment = resolveExperiment({
    preset: "addition-777",
    flags: {
      "n-layers": layers,
      "n-heads": heads,
      "d-model": width,
      "mlp-mult": hidden / width,
      "ffn-bias": ffnBias,
      "tied-head": tied,
    },
  });
  const model = modelOf(experiment);
  expect(model).toMatchObject({ kind: "transformer", context: 35, feedForward: { hidden } });
  expect(parameterCount(model)).toBe(parameters);
});

it("positions that are not learned take 245 parameters less", () => {
  for (const [positions, least] of [
    ["learned", 973],
    ["sinusoidal", 728],
  ] as const) {
    const flags = { "mlp-mult": 4, positions };
    const experiment = resolveExperiment({ preset: "addition-777", flags });
    expect(parameterCount(modelOf(experiment))).toBe(least);
  }
  // Rotary positions turn pairs of features, and 7 is odd.
  expect(() =>
    resolveExperiment({ preset: "addition-777", flags: { positions: "rotary" } }),
  ).toThrow(/rotary positions turn pairs of features: dModel\/heads is 7, it must be even/);
});
