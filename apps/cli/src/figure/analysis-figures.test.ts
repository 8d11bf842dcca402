import { resolveExperiment } from "@grok/train";
import { expect, it } from "vitest";
import type { AnalysedSource } from "./analysed-source";
import { drawAnalysis } from "./analysis-figures";
import { maxWeights } from "./moment-drawings";

const source = (columns: number, parameters: number): AnalysedSource => ({
  experiment: resolveExperiment({ preset: "addition-777" }),
  parameters,
  evaluations: [],
  analysed: [],
  frequencies: null,
  circleFrequency: null,
  moments: [],
  weights: [
    { step: 1, weights: [{ name: "w", shape: [1, columns], values: new Float32Array(columns) }] },
  ],
  scale: "log",
});

it("draws all weights of a small network, and says why not those of another", () => {
  const drawn = drawAnalysis(source(20, 777));
  expect(Object.keys(drawn.figures)).toEqual(["weights"]);
  const reasonOf = (columns: number, parameters: number) =>
    drawAnalysis(source(columns, parameters)).skipped.find(({ name }) => name === "weights")
      ?.reason;
  expect(reasonOf(1_500, 1_500)).toMatch(/1500 cells in a row are more than \d+ pixels can show/);
  expect(reasonOf(20, maxWeights + 1)).toBe(
    "it shows every weight of a network of at most 2000, and this one has 2001",
  );
});
