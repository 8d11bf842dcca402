import { expect, it } from "vitest";
import { TIMES } from "../../test/sweep";
import { grokTimeFigure } from "./grok-time-figure";

const options = { xLabel: "Weight decay" };
const one = {
  label: "runs",
  points: [
    {
      x: 1,
      median: 100,
      interval: [80, null] as const,
      runs: [
        { time: 100, grokked: true },
        { time: 300, grokked: false },
      ],
    },
  ],
};

it("draws every run, a triangle where it never grokked, and a median where there is one", () => {
  const svg = grokTimeFigure(TIMES, options);
  const runs = TIMES.flatMap(({ points }) => points.flatMap((point) => point.runs));
  const never = runs.filter(({ grokked }) => !grokked).length;
  expect(never).toBeGreaterThan(0);
  expect(svg.match(/aria-label="never grokked"/g)).toHaveLength(never);
  expect(svg.match(/r="1.9"/g)).toHaveLength(runs.length - never);
  const medians = TIMES.flatMap(({ points }) => points).filter(({ median }) => median !== null);
  expect(svg.match(/, median"/g)).toHaveLength(medians.length);
  expect(svg.match(/aria-label="fitted law"/g)).toHaveLength(2);
  expect(svg).toContain("−1.00 ± 0.08");
  expect(svg).toContain("triangles had not grokked when they ended");
});

it("needs no law, and does without a log scale", () => {
  const svg = grokTimeFigure([one], { ...options, xScale: "linear" });
  expect(svg).not.toContain("fitted law");
  expect(svg).toContain("runs (2 runs)");
  expect(() =>
    grokTimeFigure([{ ...one, points: one.points.map((p) => ({ ...p, x: 0 })) }], options),
  ).toThrow("grokTimeFigure: x is 0, which has no place on a log scale");
});

it("refuses what cannot be drawn", () => {
  expect(() => grokTimeFigure([], options)).toThrow("there are no points to draw");
  const points = [
    {
      ...one.points[0],
      x: 1,
      median: null,
      interval: [null, null] as const,
      runs: [{ time: 0, grokked: true }],
    },
  ];
  expect(() => grokTimeFigure([{ label: "a", points }], options)).toThrow(
    "a time is 0; it is a step above 0",
  );
});
