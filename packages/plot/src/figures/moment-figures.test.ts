import { describe, expect, it } from "vitest";
import { portraits } from "../../test/runs";
import { SvgView } from "../../test/svg-view";
import { answerMapFigure } from "./answer-map-figure";
import { attentionFigure } from "./attention-figure";
import { circleFigure } from "./circle-figure";
import { neuronPhaseFigure } from "./neuron-phase-figure";
import { periodicityFigure } from "./periodicity-figure";

const moments = portraits(23, 5);
const titles = ["before · step 200", "during · step 4,100", "after · step 20,000"];

describe("circleFigure", () => {
  it("puts each number where it lies, on a circle that stays one", () => {
    const view = new SvgView(circleFigure(moments, { frequency: 5 }));
    for (const title of titles) expect(view.texts()).toContain(title);
    const last = view.root.querySelector(`svg[aria-label="${titles[2]}"]`) as Element;
    const circles = [...last.querySelectorAll("circle")];
    expect(circles).toHaveLength(23);
    const [cx, cy] = ["cx", "cy"].map((name) => circles.map((c) => Number(c.getAttribute(name))));
    const middle = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
    const radii = circles.map((_, i) =>
      Math.hypot(
        (cx?.[i] as number) - middle(cx as number[]),
        (cy?.[i] as number) - middle(cy as number[]),
      ),
    );
    expect(Math.max(...radii) / Math.min(...radii)).toBeLessThan(1.01);
    expect(new Set(circles.map((c) => c.getAttribute("fill"))).size).toBeGreaterThan(20);
  });

  it("says what is wrong", () => {
    expect(() => circleFigure([], { frequency: 1 })).toThrow("circleFigure: there are no moments");
    const broken = [{ step: 3, points: [[0, 1] as const, [Number.NaN, 0] as const] }];
    expect(() => circleFigure(broken, { frequency: 1 })).toThrow("number 1 not finite");
    expect(() => circleFigure([{ ...broken[0], step: -1, points: [] }], { frequency: 1 })).toThrow(
      "a moment has step -1",
    );
  });
});

describe("answerMapFigure", () => {
  it("colours right and wrong, trained and not, and counts what was not trained on", () => {
    const four = { size: 2, correct: [1, 0, 1, -1], train: [1, 0, 0, 0] };
    const view = new SvgView(answerMapFigure([{ step: 5, ...four }]));
    expect(view.texts()).toContain("step 5 (50%)");
    const fills = view.within("answers", "path").map((path) => path.getAttribute("fill"));
    // A path for each kind there is: right, wrong, right and trained on; nothing for no such pair.
    expect(fills).toEqual(["#56B4E9", "#0b3c5d", "#dadada"]);
    const cells = view.within("answers", "path").map((path) => path.getAttribute("d"));
    for (const d of cells) expect(d?.match(/M/g)).toHaveLength(1);
  });

  it("joins neighbours to one piece", () => {
    const row = { size: 3, correct: Array(9).fill(1), train: Array(9).fill(0) };
    const view = new SvgView(answerMapFigure([{ step: 5, ...row }]));
    expect(view.within("answers", "path")[0]?.getAttribute("d")?.match(/M/g)).toHaveLength(3);
  });

  it("says what is wrong", () => {
    const short = { step: 5, size: 2, correct: [1], train: [1, 0, 0, 0] };
    expect(() => answerMapFigure([short])).toThrow("a table of 2 × 2 has 4");
    expect(() => answerMapFigure([])).toThrow("there are no moments");
  });
});

describe("attentionFigure", () => {
  const tokens = ["a", "b", "="];

  it("writes the weights into a causal table, a row of heads for each moment", () => {
    const view = new SvgView(attentionFigure(moments, { tokens }));
    expect(view.texts("head 0, numbers").slice(0, 6)).toEqual([
      "1.00",
      ".75",
      ".25",
      ".75",
      ".23",
      ".02",
    ]);
    for (const title of titles) expect(view.texts()).toContain(title);
    expect(view.root.querySelectorAll('svg[aria-label="head 1"]')).toHaveLength(3);
  });

  it("grows wider for many heads", () => {
    const many = Array.from({ length: 8 }, (_, i) => ({ label: `h${i}`, weights: [[1]] }));
    const view = new SvgView(attentionFigure([{ step: 1, heads: many }], { tokens: ["a"] }));
    expect(Number(view.root.getAttribute("width"))).toBe(1220);
    expect(view.root.querySelectorAll('svg[aria-label^="h"]')).toHaveLength(8);
  });

  it("says what is wrong", () => {
    expect(() => attentionFigure(moments, { tokens: ["a"] })).toThrow(
      "attentionFigure: head 0 of step 200 has no table of 1 × 1 weights from 0 to 1",
    );
    const heads = [{ label: "h", weights: [[Number.NaN]] }];
    expect(() => attentionFigure([{ step: 1, heads }], { tokens: ["a"] })).toThrow(RangeError);
  });
});

describe("periodicityFigure", () => {
  it("leaves out the constant, and has its brightest cell at the key frequency", () => {
    const view = new SvgView(periodicityFigure(moments.slice(2)));
    const paths = view.within("after · step 20,000", "path");
    const pieces = paths.map((path) => path.getAttribute("d") as string);
    const cells = pieces.join("").match(/M/g)?.length as number;
    expect(cells).toBeGreaterThan(11);
    expect(pieces.at(-1)?.match(/M/g)).toHaveLength(1);
  });

  it("says what is wrong", () => {
    expect(() => periodicityFigure([{ step: 1, power: [[1, 2]] }])).toThrow(
      "periodicityFigure: step 1 has no square table of powers from 0 up",
    );
    expect(() => periodicityFigure([{ step: 1, power: [[-1]] }])).toThrow(RangeError);
    expect(() => periodicityFigure([])).toThrow("there are no moments");
  });
});

describe("neuronPhaseFigure", () => {
  const neuron = { frequency: 3, share: 1, operands: 0.25, answer: 0.25 };

  it("puts a neuron whose phases agree on the analytic line, the darker the purer it is", () => {
    const mixed = { frequency: 1, share: 0.2, operands: -0.5, answer: 0.5 };
    const view = new SvgView(neuronPhaseFigure([{ step: 40, neurons: [neuron, mixed] }]));
    const [on, off] = [...view.root.querySelectorAll("[aria-label=neurons] circle")];
    const line = view.root.querySelector("[aria-label=analytic]")?.getAttribute("d") ?? "";
    const [x0, y0, x1, y1] = line
      .split(/[MLZ,]/)
      .filter(Boolean)
      .map(Number) as number[];
    const at = (circle: Element | undefined, name: string) => Number(circle?.getAttribute(name));
    // Three quarters of the way from −½ to ½.
    expect(at(on, "cx")).toBeCloseTo((x0 as number) + 0.75 * ((x1 as number) - (x0 as number)), 1);
    expect(at(on, "cy")).toBeCloseTo((y0 as number) + 0.75 * ((y1 as number) - (y0 as number)), 1);
    expect([at(off, "cx"), at(off, "cy")]).toEqual([x0, y1]);
    expect(at(on, "fill-opacity")).toBe(1);
    expect(at(off, "fill-opacity")).toBeCloseTo(0.32, 5);
    expect(on?.getAttribute("fill")).not.toBe(off?.getAttribute("fill"));
  });

  it("says what is wrong", () => {
    expect(() => neuronPhaseFigure([{ step: 1, neurons: [] }])).toThrow(
      "neuronPhaseFigure: step 1 has 0 neurons; there is one or more, and all numbers are finite",
    );
    expect(() =>
      neuronPhaseFigure([{ step: 1, neurons: [{ ...neuron, answer: Number.NaN }] }]),
    ).toThrow("all numbers are finite");
  });
});
