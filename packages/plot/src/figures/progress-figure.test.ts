import { describe, expect, it } from "vitest";
import { NANDA } from "../../test/runs";
import { SvgView } from "../../test/svg-view";
import { progressFigure } from "./progress-figure";

describe("progressFigure", () => {
  it("draws four losses, the restricted one below the test loss before it falls", () => {
    const view = new SvgView(progressFigure(NANDA));
    const names = ["train", "test", "restricted (all pairs)", "excluded (training pairs)"];
    expect(view.texts("legend")).toEqual(names);
    for (const name of names) expect(view.line(name).flat()).toHaveLength(NANDA.length);
    const at = NANDA.findIndex(({ step }) => step >= 3500);
    const y = (name: string) => (view.line(name).flat()[at] as [number, number])[1];
    expect(y("restricted (all pairs)")).toBeGreaterThan(y("test") + 20);
  });

  it("takes losses and measures at different steps without gaps", () => {
    const evaluations = [1, 2, 3, 4].map((step) => ({ step, train_loss: 1 / step, val_loss: 1 }));
    const measures = [2.5, 3.5].map((step) => ({ step, restricted_loss: 0.5, excluded_loss: 2 }));
    const view = new SvgView(progressFigure([...evaluations, ...measures], { scale: "linear" }));
    expect(view.line("test").map((piece) => piece.length)).toEqual([4]);
    expect(view.line("restricted (all pairs)").map((piece) => piece.length)).toEqual([2]);
  });

  it("says what is wrong", () => {
    expect(() => progressFigure([])).toThrow("progressFigure: there are no records");
    expect(() => progressFigure([{ step: 1, train_loss: 1 }])).toThrow(
      "progressFigure: no record has a restricted_loss or excluded_loss",
    );
  });
});
