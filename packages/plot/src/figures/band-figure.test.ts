import { describe, expect, it } from "vitest";
import { seedRuns } from "../../test/runs";
import { SvgView } from "../../test/svg-view";
import { bandFigure } from "./band-figure";

const RUNS = seedRuns(5);
const SERIES = [
  { label: "training", metric: "train_acc", runs: RUNS },
  { label: "validation", metric: "val_acc", runs: RUNS.slice(0, 3) },
];

describe("bandFigure", () => {
  it("shows N of each series and what line and band are", () => {
    const view = new SvgView(bandFigure(SERIES));
    expect(view.texts("legend")).toEqual([
      "training (N = 5)",
      "validation (N = 3)",
      "median, 25–75% band",
    ]);
    const other = new SvgView(bandFigure(SERIES, { center: "mean", quantiles: [0, 1] }));
    expect(other.texts("legend").at(-1)).toBe("mean, full range");
  });

  it("draws the middle seed as the median, between the band's edges", () => {
    const view = new SvgView(bandFigure(SERIES, { quantiles: [0, 1] }));
    const { top, bottom } = view.frame();
    const y = (accuracy: number) => bottom - ((bottom - top) * (100 * accuracy + 2)) / 104;
    const line = view.line("training (N = 5)")[0] as [number, number][];
    const middle = RUNS[2] as { train_acc: number }[];
    expect(line).toHaveLength(middle.length);
    for (const [i, record] of middle.entries()) {
      expect(line[i]?.[1]).toBeCloseTo(y(record.train_acc), 1);
    }
    // An area's path runs along one edge and back along the other.
    const area = view.line("training (N = 5), band")[0] as [number, number][];
    const ys = area.map(([, py]) => py);
    for (const seed of [0, 4]) {
      const { train_acc } = (RUNS[seed] as { train_acc: number }[])[15] as { train_acc: number };
      expect(Math.min(...ys.map((py) => Math.abs(py - y(train_acc))))).toBeLessThan(0.02);
    }
  });

  it("draws losses on a log scale", () => {
    const runs = [1, 2, 3].map((factor) =>
      [1, 10, 100].map((step) => ({ step, val_loss: factor / step })),
    );
    const view = new SvgView(
      bandFigure([{ label: "validation", metric: "val_loss", runs }], { quantity: "loss" }),
    );
    const ys = view.line("validation (N = 3)")[0]?.map(([, y]) => y) as number[];
    expect((ys[1] as number) - (ys[0] as number)).toBeCloseTo(
      (ys[2] as number) - (ys[1] as number),
      1,
    );
  });

  it("draws values linearly, also below 0, and calls axes as it is told", () => {
    const runs = [1, 2, 3].map((factor) =>
      [1, 10, 100].map((step) => ({ step, own: 3 - factor * Math.log10(step), val_loss: 1 })),
    );
    const own = { label: "own", metric: "own", runs };
    const view = new SvgView(bandFigure([own], { quantity: "value" }));
    const ys = view.line("own (N = 3)")[0]?.map(([, y]) => y) as number[];
    expect((ys[1] as number) - (ys[0] as number)).toBeCloseTo(
      (ys[2] as number) - (ys[1] as number),
      1,
    );
    const loss = { label: "own", metric: "val_loss", runs };
    const named = bandFigure([loss], { quantity: "loss", label: "Loss, mse" });
    expect(named).toContain("Loss, mse (log scale)");
    expect(named).not.toContain("ross-entropy");
  });

  it("says what is wrong", () => {
    expect(() => bandFigure([])).toThrow("bandFigure: there are no series");
    expect(() => bandFigure([{ label: "x", metric: "val_acc", runs: [] }])).toThrow("no runs");
    expect(() => bandFigure(SERIES, { quantity: "loss", chance: 0.1 })).toThrow(TypeError);
  });
});
