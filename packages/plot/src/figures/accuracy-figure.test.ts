import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ADDITION, DIVISION, longRun } from "../../test/runs";
import { type Box, overlap, SvgView } from "../../test/svg-view";
import { fullCount } from "../axes/number-format";
import type { StepScale } from "../axes/step-axis";
import { accuracyFigure } from "./accuracy-figure";
import type { RunRecord } from "./run-record";

const MILESTONES = { t_mem: 800, t_grok: 251_800 };
const first = ADDITION[0] as RunRecord;
const last = ADDITION.at(-1) as RunRecord;

/** The x of a milestone's rule. */
function ruleX(view: SvgView, name: string): number {
  return Number(view.within(name, "line")[0]?.getAttribute("x1"));
}

describe("accuracyFigure", () => {
  const view = new SvgView(
    accuracyFigure(ADDITION, {
      milestones: MILESTONES,
      title: "Addition mod 97",
      subtitle: "lr 10^{−3} · a < b & c",
      threshold: 0.95,
      chance: 1 / 97,
    }),
  );

  it("has axis labels with units, a legend, title and subtitle", () => {
    const texts = view.texts();
    expect(texts).toContain("Optimization steps (log scale)");
    expect(texts).toContain("Accuracy (%)");
    expect(view.texts("legend")).toEqual(["training", "validation"]);
    expect(view.texts("title")).toEqual(["Addition mod 97", "lr 10−3 · a < b & c"]);
    expect(view.texts("level names")).toEqual(["95%", "chance"]);
    expect(view.texts("x-axis tick label")).toEqual(["1", "10", "100", "1k", "10k", "100k"]);
    expect(view.texts("y-axis tick label")).toEqual(["0", "20", "40", "60", "80", "100"]);
    expect(view.root.getAttribute("aria-label")).toBe("Addition mod 97");
    expect(view.root.getAttribute("font-family")).toMatch(/^Inter, .*sans-serif$/);
  });

  it("draws each evaluation where its step and accuracy say", () => {
    const { left, right, top, bottom } = view.frame();
    const x = (step: number) =>
      left + ((right - left) * Math.log(step)) / Math.log(last.step / first.step);
    const y = (accuracy: number) => bottom - ((bottom - top) * (100 * accuracy + 2)) / 104;
    for (const [name, metric] of [
      ["training", "train_acc"],
      ["validation", "val_acc"],
    ] as const) {
      const [line, ...more] = view.line(name);
      expect(more).toEqual([]);
      const drawn = new Map(line?.map(([px, py]) => [px.toFixed(1), py]));
      const kept = ADDITION.filter(({ step }) => drawn.has(x(step).toFixed(1)));
      expect(kept.length).toBeGreaterThan(30);
      let largest = 0;
      for (const [px, py] of line as [number, number][]) {
        const nearest = ADDITION.reduce((best, record) => {
          const distance = Math.hypot(x(record.step) - px, y(record[metric] as number) - py);
          return Math.min(best, distance);
        }, Number.POSITIVE_INFINITY);
        largest = Math.max(largest, nearest);
      }
      expect(largest).toBeLessThan(0.01);
    }
  });

  it("tells the curves apart by colour and by dashes", () => {
    const [training, validation] = ["training", "validation"].map((name) =>
      view.root.querySelector(`[aria-label="${name}"]`),
    );
    expect(training?.getAttribute("stroke")).toBe("#E69F00");
    expect(validation?.getAttribute("stroke")).toBe("#0072B2");
    expect(training?.getAttribute("stroke-dasharray")).toBeNull();
    expect(validation?.getAttribute("stroke-dasharray")).toBeTruthy();
  });

  it.each(["log", "linear"] as const)("marks the milestones on a %s axis", (scale) => {
    const figure = new SvgView(accuracyFigure(ADDITION, { milestones: MILESTONES, scale }));
    const { left, right, top, bottom } = figure.frame();
    for (const [name, step] of Object.entries(MILESTONES)) {
      const share =
        scale === "log"
          ? Math.log(step / first.step) / Math.log(last.step / first.step)
          : step / last.step;
      const label = `${name} = ${fullCount(step)}`;
      expect(ruleX(figure, label)).toBeCloseTo(left + share * (right - left), 1);
      const rule = figure.within(label, "line")[0];
      expect(Number(rule?.getAttribute("y1"))).toBe(top);
      expect(Number(rule?.getAttribute("y2"))).toBe(bottom);
    }
    expect(figure.texts("milestones")).toEqual(["tmem = 800", "tgrok = 251,800"]);
  });

  it("names both milestones once where they fall on one step", () => {
    const figure = new SvgView(
      accuracyFigure(DIVISION, { milestones: { t_mem: 2000, t_grok: 2000 } }),
    );
    expect(figure.texts("milestones")).toEqual(["tmem = tgrok = 2,000"]);
  });

  it("marks no milestone that did not happen", () => {
    const figure = new SvgView(
      accuracyFigure(DIVISION, { milestones: { t_mem: 1000, t_grok: null } }),
    );
    expect(figure.texts("milestones")).toEqual(["tmem = 1,000"]);
    expect(new SvgView(accuracyFigure(DIVISION)).texts("milestones")).toEqual([]);
  });

  it("keeps all labels apart and inside the picture, wherever the milestones are", () => {
    const step = fc.integer({ min: 0, max: 300_000 });
    fc.assert(
      fc.property(
        step,
        fc.oneof(step, fc.integer({ min: -3000, max: 3000 })),
        fc.integer({ min: 260, max: 900 }),
        fc.constantFrom<StepScale>("log", "linear"),
        (t_mem, other, width, scale) => {
          const t_grok = other < 0 ? Math.max(0, t_mem + other) : other;
          const figure = new SvgView(
            accuracyFigure(ADDITION, {
              title: "Addition",
              milestones: { t_mem, t_grok },
              width,
              scale,
              chance: 0.01,
              threshold: 0.95,
            }),
          );
          const frame = figure.frame();
          const boxes = ["title", "legend", "milestones", "level names"]
            .flatMap((name) => figure.within(name, "text"))
            .map((text) => figure.box(text));
          expect(boxes.length).toBeGreaterThanOrEqual(6);
          for (const [i, box] of boxes.entries()) {
            expect(box.left).toBeGreaterThanOrEqual(0);
            expect(box.right).toBeLessThanOrEqual(width);
            expect(overlap(box, frame)).toBe(false);
            for (const next of boxes.slice(i + 1)) expect(overlap(box, next)).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps the names of two near levels apart", () => {
    const figure = new SvgView(accuracyFigure(DIVISION, { threshold: 0.5, chance: 0.49 }));
    const [a, b] = figure.within("level names", "text").map((text) => figure.box(text)) as [
      Box,
      Box,
    ];
    expect(overlap(a, b)).toBe(false);
  });

  it("gives the same bytes for the same run, also in another order and after other figures", () => {
    const options = { milestones: MILESTONES, chance: 0.01 } as const;
    const one = accuracyFigure(ADDITION, options);
    accuracyFigure(DIVISION);
    expect(accuracyFigure([...ADDITION].reverse(), options)).toBe(one);
  });

  it("keeps every dip of a long run in a small file", () => {
    const dips = new Map([
      [50, 0.31],
      [4_321, 0.52],
      [77_777, 0.23],
      [99_998, 0.64],
    ]);
    const svg = accuracyFigure(longRun(100_000, dips));
    expect(svg.length).toBeLessThan(120_000);
    const figure = new SvgView(svg);
    const { top, bottom } = figure.frame();
    const ys = figure.line("training").flatMap((piece) => piece.map(([, y]) => y));
    for (const depth of dips.values()) {
      const wanted = bottom - ((bottom - top) * (100 * depth + 2)) / 104;
      expect(Math.min(...ys.map((y) => Math.abs(y - wanted)))).toBeLessThan(0.01);
    }
  });

  it("leaves gaps for missing values, and dots for values between gaps", () => {
    const records = Array.from({ length: 90 }, (_, i) => ({
      step: 1000 * (i + 1),
      train_acc: i === 40 || i === 42 ? null : 0.5,
      val_acc: i < 50 ? Number.NaN : 0.5,
    }));
    const figure = new SvgView(accuracyFigure(records, { scale: "linear" }));
    expect(figure.line("training").map((piece) => piece.length)).toEqual([40, 1, 47]);
    expect(figure.within("training, evaluations", "circle")).toHaveLength(1);
    expect(figure.line("validation").map((piece) => piece.length)).toEqual([40]);
  });

  it("gives step 0 a place on a log axis", () => {
    const records = [{ step: 0, train_acc: 0, val_acc: 0 }, ...DIVISION];
    const figure = new SvgView(accuracyFigure(records, { milestones: { t_mem: 0, t_grok: 3000 } }));
    expect(figure.texts("x-axis tick label")).toEqual(["0", "1", "10", "100", "1k"]);
    expect(figure.within("axis break", "path")).toHaveLength(2);
    expect(figure.line("training")[0]?.[0]?.[0]).toBe(figure.frame().left);
    expect(ruleX(figure, "t_mem = 0")).toBe(figure.frame().left);
    expect(figure.source).not.toMatch(/NaN|Infinity/);
  });

  it("draws one record, and says if there is nothing to draw", () => {
    for (const step of [0, 1, 700]) {
      const figure = new SvgView(accuracyFigure([{ step, train_acc: 0.2, val_acc: 0.1 }]));
      expect(figure.root.querySelector('[aria-label="training, evaluations"]')).not.toBeNull();
      expect(figure.source).not.toMatch(/NaN|Infinity/);
    }
    const empty = accuracyFigure([{ step: 5, train_acc: Number.NaN, val_acc: null }]);
    expect(new SvgView(empty).texts()).toContain("no finite values");
    expect(empty).not.toMatch(/NaN|Infinity/);
  });

  it("names in the legend the milestones that a narrow frame has no room for", () => {
    const figure = new SvgView(
      accuracyFigure(ADDITION, { milestones: { t_mem: 111_111, t_grok: 251_800 }, width: 220 }),
    );
    expect(figure.texts("milestones")).toEqual([]);
    expect(figure.texts("legend")).toContain("tgrok = 251,800");
  });

  it("says what is wrong", () => {
    expect(() => accuracyFigure([])).toThrow("accuracyFigure: there are no records to draw");
    expect(() => accuracyFigure(DIVISION, { milestones: { t_mem: -1 } })).toThrow("t_mem is -1");
    expect(() => accuracyFigure(DIVISION, { milestones: { t_grok: Number.NaN } })).toThrow(
      RangeError,
    );
    expect(() => accuracyFigure(DIVISION, { chance: 97 })).toThrow("chance is 97");
    expect(() => accuracyFigure(DIVISION, { threshold: Number.NaN })).toThrow("threshold is NaN");
    expect(() => accuracyFigure(DIVISION, { width: 100 })).toThrow(/100 × 400 .* needs at least/);
    expect(() => accuracyFigure(DIVISION, { height: Number.NaN })).toThrow(RangeError);
  });
});
