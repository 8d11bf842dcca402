import { describe, expect, it } from "vitest";
import { listsOf } from "../../test/runs";
import { SvgView } from "../../test/svg-view";
import { singularValueFigure } from "./singular-value-figure";
import { spectrumFigure } from "./spectrum-figure";

const records = listsOf("singular_values");

describe("singularValueFigure", () => {
  it("draws a line for each, the largest on top", () => {
    const view = new SvgView(singularValueFigure(records));
    const y = (rank: number) => (view.line(`σ_{${rank}}`).flat()[0] as [number, number])[1];
    for (const rank of [2, 8, 24]) expect(y(rank)).toBeGreaterThan(y(rank - 1) - 0.01);
    expect(view.texts("legend")).toEqual(["σ1", "σ9", "σ16", "σ24"]);
  });

  it("leaves out what is rounding beside the largest", () => {
    const low = [1, 2].map((step) => ({ step, values: [1, 1e-9] }));
    expect(new SvgView(singularValueFigure(low)).line("σ_{2}")).toEqual([]);
  });

  it("says what is wrong", () => {
    expect(() => singularValueFigure([])).toThrow("singularValueFigure: there are no records");
    expect(() =>
      singularValueFigure([
        { step: 1, values: [2, 1] },
        { step: 2, values: [1] },
      ]),
    ).toThrow("step 2 has 1 values and another 2");
    expect(() => singularValueFigure([{ step: 1, values: [Number.NaN] }])).toThrow(
      "step 1 has the value NaN; all are finite",
    );
  });
});

describe("spectrumFigure", () => {
  const series = [{ label: "Logits", records: listsOf("logit_power") }];

  it("has the brightest cells at the frequency with most power", () => {
    const view = new SvgView(spectrumFigure(series, { scale: "linear" }));
    const paths = view.within("Logits", "path");
    expect(paths.length).toBeGreaterThan(5);
    // Yellow is the largest share, which frequency 39 of 56 has, some third from above.
    const brightest = paths.at(-1)?.getAttribute("d") as string;
    const ys = [...brightest.matchAll(/M[\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
    const svg = view.root.querySelector('svg[aria-label="Logits"]') as Element;
    const frame = svg.querySelector('[aria-label="frame"]') as Element;
    const [top, height] = ["y", "height"].map((name) => Number(frame.getAttribute(name)));
    for (const y of ys) {
      expect(y).toBeCloseTo((top as number) + ((56 - 39) / 56) * (height as number), 0);
    }
    expect(view.texts()).toContain("share of the power (%)");
  });

  it("stays small for many steps", () => {
    const values = Array.from({ length: 57 }, (_, k) => k % 7);
    const long = Array.from({ length: 5000 }, (_, i) => ({
      step: i + 1,
      values: values.map((value) => value + (i % 13)),
    }));
    const svg = spectrumFigure([{ label: "x", records: long }], { scale: "linear" });
    expect(svg.length).toBeLessThan(500_000);
  });

  it("draws a spectrum without power as none", () => {
    const none = [1, 2].map((step) => ({ step, values: [3, 0, 0] }));
    expect(spectrumFigure([{ label: "x", records: none }])).not.toContain("NaN");
  });

  it("says what is wrong", () => {
    expect(() => spectrumFigure([])).toThrow("spectrumFigure: there are no spectra");
    expect(() => spectrumFigure([{ label: "x", records: [] }])).toThrow("there are no records");
  });
});
