import { describe, expect, it } from "vitest";
import { NANDA } from "../../test/runs";
import { SvgView } from "../../test/svg-view";
import { phaseFigure } from "./phase-figure";

const options = {
  parameter: { column: "circularity", label: "circularity" },
  phases: [
    { phase: "memorisation", from: 200, to: 3600 },
    { phase: "grokking", from: 3600, to: 4500 },
  ] as const,
};

describe("phaseFigure", () => {
  it("shades each phase from its first step to the next one's, in both panels", () => {
    const view = new SvgView(phaseFigure(NANDA, { ...options, thresholds: "at 90%" }));
    const shades = (name: string) => [...view.root.querySelectorAll(`rect[aria-label="${name}"]`)];
    expect(shades("memorisation")).toHaveLength(2);
    expect(shades("grokking")).toHaveLength(2);
    const [first, next] = [shades("memorisation")[0], shades("grokking")[0]] as [Element, Element];
    const number = (node: Element, name: string) => Number(node.getAttribute(name));
    expect(number(first, "x") + number(first, "width")).toBeCloseTo(number(next, "x"), 1);
    expect(view.texts("legend")).toEqual([
      "training",
      "validation",
      "circularity",
      "memorisation",
      "grokking",
    ]);
    expect(view.texts("note")).toEqual(["Phases after Liu et al. 2022: at 90%."]);
  });

  it("says what is wrong", () => {
    expect(() => phaseFigure([{ step: 1, circularity: 1 } as never], options)).toThrow(
      "phaseFigure: no record has val_acc",
    );
    expect(() => phaseFigure([{ step: 1, train_acc: 1, val_acc: 1 }], options)).toThrow(
      "phaseFigure: no record has circularity",
    );
  });
});
