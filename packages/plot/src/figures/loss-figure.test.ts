import { describe, expect, it } from "vitest";
import { ADDITION, DIVISION } from "../../test/runs";
import { SvgView } from "../../test/svg-view";
import { lossFigure } from "./loss-figure";
import type { RunRecord } from "./run-record";

describe("lossFigure", () => {
  it("draws losses on a log scale: equal ratios are equal distances", () => {
    const records = [4, 0.4, 0.04, 0.004].map((loss, i) => ({
      step: i + 1,
      train_loss: loss,
      val_loss: 4,
    }));
    const view = new SvgView(lossFigure(records));
    const ys = view.line("training")[0]?.map(([, y]) => y) as number[];
    expect(ys).toHaveLength(4);
    const distances = ys.slice(1).map((y, i) => y - (ys[i] as number));
    for (const distance of distances) expect(distance).toBeCloseTo(distances[0] as number, 1);
    expect(distances[0]).toBeGreaterThan(20);
    expect(view.texts()).toContain("Cross-entropy loss (nats, log scale)");
  });

  it("keeps all of a real run inside the frame, marks included", () => {
    const view = new SvgView(
      lossFigure(ADDITION, { milestones: { t_mem: 800, t_grok: 251_800 }, scale: "linear" }),
    );
    const { left, right, top, bottom } = view.frame();
    for (const name of ["training", "validation"]) {
      const points = view.line(name).flat();
      expect(points.length).toBeGreaterThan(60);
      for (const [x, y] of points) {
        expect(x).toBeGreaterThanOrEqual(left);
        expect(x).toBeLessThanOrEqual(right);
        expect(y).toBeGreaterThan(top);
        expect(y).toBeLessThan(bottom);
      }
    }
    expect(view.texts("milestones")).toEqual(["tmem = 800", "tgrok = 251,800"]);
    expect(view.texts("y-axis tick label")).toContain("10−4");
  });

  it("leaves a gap for a loss of 0, which has no place on a log scale", () => {
    const records: RunRecord[] = DIVISION.map((record, i) =>
      i === 1 ? { ...record, train_loss: 0 } : record,
    );
    const view = new SvgView(lossFigure(records));
    expect(view.line("training").map((piece) => piece.length)).toEqual([1, 2]);
    expect(view.source).not.toMatch(/NaN|Infinity/);
  });

  it("does not break a dense curve for single losses of 0", () => {
    const records = Array.from({ length: 20_000 }, (_, i) => ({
      step: i + 1,
      train_loss: i % 50 === 25 ? 0 : 0.1,
      val_loss: 1,
    }));
    const view = new SvgView(lossFigure(records, { scale: "linear" }));
    expect(view.line("training")).toHaveLength(1);
  });

  it("says where no loss is finite, as after a run that failed at once", () => {
    const view = new SvgView(lossFigure([{ step: 0, train_loss: Number.POSITIVE_INFINITY }]));
    expect(view.texts()).toContain("no finite values");
    expect(() => lossFigure([])).toThrow("lossFigure: there are no records");
  });
});
