import { expect, it } from "vitest";
import { CELLS } from "../../test/sweep";
import { phaseDiagram } from "./phase-diagram";

const labels = { xLabel: "Weight decay", yLabel: "Train fraction" };
const words = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

it("says median and count in each cell, and hatches those in which nothing grokked", () => {
  const svg = phaseDiagram(CELLS, { ...labels, steps: 20_000 });
  const shown = words(svg);
  const never = CELLS.filter(({ grokked }) => grokked === 0);
  expect(never.length).toBeGreaterThan(5);
  expect(svg.match(/aria-label="never grokked"/g)).toHaveLength(never.length);
  expect(shown.filter((text) => text === "0/3")).toHaveLength(never.length);
  expect(shown.filter((text) => text === "3/3")).toHaveLength(
    CELLS.filter(({ grokked }) => grokked === 3).length,
  );
  expect(shown).toContain("3.6k");
  expect(svg).toContain("within 20,000 steps");
});

it("puts numbers in order, words as they come, and leaves points without runs white", () => {
  const cell = { median: 100, grokked: 1, runs: 1 };
  const svg = phaseDiagram(
    [
      { x: 10, y: "sgd", ...cell },
      { x: 9, y: "adamw", ...cell },
    ],
    labels,
  );
  const shown = words(svg);
  expect(shown.indexOf("9")).toBeLessThan(shown.indexOf("10"));
  expect(shown.indexOf("sgd")).toBeLessThan(shown.indexOf("adamw"));
  expect(shown.filter((text) => text === "1/1")).toHaveLength(2);
});

it("says how many failed, and counts them", () => {
  const cells = [
    { x: 1, y: 1, median: null, grokked: 0, runs: 6, failed: 5 },
    { x: 2, y: 1, median: 200, grokked: 4, runs: 6, failed: 2 },
  ];
  const svg = phaseDiagram(cells, labels);
  expect(words(svg)).toEqual(expect.arrayContaining(["0/6", "5 failed", "4/6", "2 failed"]));
  expect(svg).toContain("A run that failed counts as one that never grokked.");
});

it("says how many learned at once, with no delay", () => {
  const cells = [
    { x: 1, y: 1, median: 400, grokked: 3, runs: 3, atOnce: 2 },
    { x: 2, y: 1, median: 900, grokked: 3, runs: 3, atOnce: 0 },
  ];
  const svg = phaseDiagram(cells, labels);
  expect(words(svg).filter((text) => text?.endsWith("at once"))).toEqual(["2 at once"]);
  expect(svg).toContain("before twice the step at which the run had memorised");
  expect(phaseDiagram(cells.slice(1), labels)).not.toContain("memorised");
});

it("leaves out words for which cells are too small", () => {
  const many = Array.from({ length: 40 }, (_, x) => ({
    x,
    y: 1,
    median: 1_500,
    grokked: 3,
    runs: 3,
  }));
  const shown = words(phaseDiagram(many, labels));
  expect(shown).not.toContain("3/3");
});

it("refuses what cannot be drawn", () => {
  const cell = { x: 1, y: 1, median: 5, grokked: 1, runs: 1 };
  expect(() => phaseDiagram([], labels)).toThrow("phaseDiagram: there are no cells to draw");
  expect(() => phaseDiagram([cell, cell], labels)).toThrow("two cells are at 1, 1");
  expect(() => phaseDiagram([{ ...cell, grokked: 2 }], labels)).toThrow(
    "2 of 1 runs grokked at 1, 1",
  );
  expect(() => phaseDiagram([{ ...cell, median: 0 }], labels)).toThrow("the median at 1, 1 is 0");
  expect(() => phaseDiagram([{ ...cell, failed: 1 }], labels)).toThrow(
    "1 of 1 runs failed at 1, 1, and 1 grokked",
  );
  expect(() => phaseDiagram([{ ...cell, atOnce: 2 }], labels)).toThrow(
    "2 of 1 runs learned at once at 1, 1",
  );
  expect(() => phaseDiagram([{ ...cell, runs: 0 }], labels)).toThrow("1 of 0 runs grokked");
});
