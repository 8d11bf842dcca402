import { expect, it } from "vitest";
import { type ComparedCurve, comparisonFigure } from "./comparison-figure";

const ours = (label: string, spread = 0.1): ComparedCurve => ({
  label,
  points: [1, 10, 100, 1_000].map((step) => {
    const center = Math.log10(step) / 4;
    return { step, center, low: center - spread, high: center + spread };
  }),
});
const published: ComparedCurve = {
  label: "published",
  points: [{ step: 100, center: 0.6, low: 0.6, high: 0.6 }],
  isPublished: true,
};

/** What is drawn of a mark, by its label. */
const marked = (svg: string, label: string) => svg.split(`aria-label="${label}"`).length - 1;

it("draws ours with bands and what was published as points", () => {
  const svg = comparisonFigure(
    [{ quantity: "accuracy", curves: [ours("validation"), published] }],
    {
      title: "A figure",
    },
  );
  expect(marked(svg, "validation, band")).toBe(1);
  expect(marked(svg, "published, band")).toBe(0);
  expect(marked(svg, "published, evaluations")).toBe(1);
  expect(svg).toContain("#000000");
  expect(svg).toContain("Optimization steps (log scale)");
  expect(svg).not.toMatch(/NaN|undefined/);
  expect(
    comparisonFigure([{ quantity: "accuracy", curves: [ours("validation"), published] }], {
      title: "A figure",
    }),
  ).toBe(svg);
});

it("draws a curve alike in all panels, and names it once", () => {
  const svg = comparisonFigure(
    [
      { title: "Accuracy", quantity: "accuracy", curves: [ours("train"), ours("test", 0)] },
      { title: "Loss", quantity: "loss", curves: [ours("test", 0)] },
      { title: "Rank", quantity: { label: "rank", include: [0] }, curves: [ours("train")] },
    ],
    { scale: "linear", stepName: "Epochs", columns: 3, width: 900 },
  );
  const color = (label: string) =>
    [...svg.matchAll(/<g [^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => tag.includes(`aria-label="${label}"`))
      .map((tag) => /stroke="(#[0-9A-Fa-f]+)"/.exec(tag)?.[1]);
  expect(new Set(color("test")).size).toBe(1);
  expect(color("test")).toHaveLength(2);
  expect(svg.match(/>train</g)).toHaveLength(1);
  expect(svg).toContain(">Epochs<");
});

it("refuses to draw nothing", () => {
  expect(() => comparisonFigure([])).toThrow(/there are no curves to draw/);
  const empty = { label: "none", points: [] };
  expect(() => comparisonFigure([{ quantity: "accuracy", curves: [empty] }])).toThrow(RangeError);
});
