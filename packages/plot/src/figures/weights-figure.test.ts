import { describe, expect, it } from "vitest";
import { SvgView } from "../../test/svg-view";
import { type WeightMoment, weightLimits, weightsFigure } from "./weights-figure";

const tall = { name: "tokenEmbedding", shape: [3, 2], values: [1, -1, 0, 0.5, -2, Number.NaN] };
const gain = { name: "layers.0.attentionNorm.gain", shape: [2], values: [1, 1] };
const later = { ...tall, values: [4, 0, 0, 0, 0, 0] };
const moments: WeightMoment[] = [
  { step: 0, label: "first", weights: [tall, gain] },
  { step: 1_200, weights: [later, gain] },
];

describe("weightsFigure", () => {
  it("names steps and parameters, each with the end of its scale", () => {
    const view = new SvgView(weightsFigure(moments, { title: "Weights" }));
    expect(view.texts()).toEqual(
      expect.arrayContaining([
        "Weights",
        "first · step 0",
        "step 1,200",
        "token embedding ±4",
        "0 attention norm gain ±1",
      ]),
    );
  });

  it("lays matrices on their longer side, red above zero, blue below, and nothing where no number is", () => {
    const view = new SvgView(weightsFigure(moments, { limits: { tokenEmbedding: 2 } }));
    const group = "tokenEmbedding, step 0";
    const paths = view.within(group, "path");
    const at = (fill: string | null) =>
      paths.find((path) => path.getAttribute("fill") === fill)?.getAttribute("d") ?? "";
    const fills = paths.map((path) => path.getAttribute("fill") as string);
    // 1 and 0.5 above, −1 and −2 below, 0 in the middle; NaN has none.
    expect(fills).toHaveLength(5);
    const [red, blue] = [0, 2].map((channel) =>
      fills.map((fill) => Number(/\d+, \d+, \d+/.exec(fill)?.[0].split(", ")[channel])),
    ) as [number[], number[]];
    // From the strongest blue to the strongest red, as shades are.
    expect(red[0]).toBeLessThan(red[2] as number);
    expect(blue[4]).toBeLessThan(blue[2] as number);
    const corner = (d: string) => d.slice(1).split("H")[0]?.split(" ").map(Number) as number[];
    const places = fills.map((fill) => corner(at(fill)));
    // Row 0 of the picture is feature 0 of the three tokens: 1, 0, −2; row 1 is −1, .5, NaN.
    const [minusTwo, minusOne, zero, half, one] = places as number[][];
    expect(one?.[1]).toBe(zero?.[1]);
    expect(zero?.[1]).toBe(minusTwo?.[1]);
    expect(minusOne?.[1]).toBe(half?.[1]);
    expect(minusOne?.[1]).toBeGreaterThan(one?.[1] as number);
    expect(one?.[0]).toBe(minusOne?.[0]);
    expect(zero?.[0]).toBe(half?.[0]);
    expect((minusTwo?.[0] as number) - (zero?.[0] as number)).toBeCloseTo(
      (zero?.[0] as number) - (one?.[0] as number),
      5,
    );
  });

  it("draws a frame of a film on the scales of all of them", () => {
    const limits = weightLimits(moments);
    expect(limits).toEqual({ tokenEmbedding: 4, "layers.0.attentionNorm.gain": 1 });
    const frame = new SvgView(weightsFigure(moments.slice(0, 1), { limits }));
    expect(frame.texts()).toContain("token embedding ±4");
    const alone = new SvgView(weightsFigure(moments.slice(0, 1)));
    expect(alone.texts()).toContain("token embedding ±2");
    const zeros = [{ step: 0, weights: [{ name: "b", shape: [1], values: [0] }] }];
    expect(weightLimits(zeros)).toEqual({ b: 1 });
  });

  it("says what is wrong", () => {
    expect(() => weightsFigure([])).toThrow("weightsFigure: there are no moments to draw");
    expect(() => weightsFigure([{ step: 1, weights: [] }])).toThrow("there are no weights to draw");
    const other = [moments[0] as WeightMoment, { step: 2, weights: [gain] }];
    expect(() => weightsFigure(other)).toThrow("step 2 has other parameters than step 0");
    const short = [{ step: 1, weights: [{ ...gain, values: [1] }] }];
    expect(() => weightsFigure(short)).toThrow(
      "layers.0.attentionNorm.gain has 1 values at step 1, and the shape [2]",
    );
    const wide = { name: "w", shape: [1, 5000], values: new Float32Array(5000) };
    expect(() => weightsFigure([{ step: 1, weights: [wide] }])).toThrow(
      /5000 cells in a row are more than \d+ pixels can show/,
    );
  });
});
