import { expect, it } from "vitest";
import { SEEDS } from "../../test/sweep";
import { seedsFigure } from "./seeds-figure";

it("draws each series twice, over steps and aligned, and says how many runs are in it", () => {
  const svg = seedsFigure(SEEDS, { threshold: 0.95 });
  for (const { label } of SEEDS) {
    expect(svg.match(new RegExp(`aria-label="${label}, band"`, "g"))).toHaveLength(2);
    expect(svg).toContain(`${label} (N = 6, 1 never grokked)`);
  }
  expect(svg.match(/aria-label="levels"/g)).toHaveLength(2);
});

it("draws what there is where no run grokked", () => {
  const [first] = SEEDS;
  if (first === undefined) throw new Error("no series");
  const svg = seedsFigure([{ ...first, aligned: [], runs: 3, without: 3 }]);
  expect(svg).toContain("no finite values");
});

it("refuses what cannot be drawn", () => {
  expect(() => seedsFigure([])).toThrow("seedsFigure: there are no series to draw");
  const bad = {
    label: "a",
    runs: 1,
    without: 0,
    aligned: [],
    overSteps: [{ step: Number.NaN, center: 0, low: 0, high: 0 }],
  };
  expect(() => seedsFigure([bad])).toThrow("seedsFigure: a step is NaN");
});
