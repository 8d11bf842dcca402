import { describe, expect, it } from "vitest";
import { NANDA } from "../../test/runs";
import { SvgView } from "../../test/svg-view";
import { orderParameterFigure } from "./order-parameter-figure";
import { sparsityFigure } from "./sparsity-figure";

describe("orderParameterFigure", () => {
  it("draws both variants of each that the records have, and names their sources", () => {
    const view = new SvgView(
      orderParameterFigure(NANDA, { title: "T", milestones: { t_mem: 200, t_grok: 4500 } }),
    );
    const texts = view.texts();
    for (const title of ["Representation quality (RQI)", "Circularity of the embedding"]) {
      expect(texts).toContain(title);
    }
    // The run was not measured for its tangent kernel.
    expect(texts).not.toContain("Tangent kernel alignment");
    expect(texts).toContain("dimensions");
    expect(view.texts("legend")).toEqual([
      "upstream (as coded)",
      "corrected (literature)",
      "tmem = 200",
      "tgrok = 4,500",
    ]);
    expect(view.texts("note").join(" ")).toContain("ChanceSiyuan/grokking");
    const lines = [...view.root.querySelectorAll('[aria-label="corrected (literature)"] path')];
    expect(lines).toHaveLength(5);
  });

  it("draws a value where its axis has it", () => {
    const records = [1, 2, 3].map((step) => ({ step, circularity: (step - 1) / 2 }));
    const view = new SvgView(orderParameterFigure(records, { scale: "linear" }));
    const [line] = view.line("corrected (literature)");
    const ys = line?.map(([, y]) => y) as number[];
    // From 0 to 1 in equal parts, upwards.
    expect(ys).toHaveLength(3);
    expect((ys[0] as number) - (ys[1] as number)).toBeCloseTo(
      (ys[1] as number) - (ys[2] as number),
      1,
    );
    expect((ys[0] as number) - (ys[2] as number)).toBeGreaterThan(100);
  });

  it("says what is wrong", () => {
    expect(() => orderParameterFigure([])).toThrow("orderParameterFigure: there are no records");
    expect(() => orderParameterFigure([{ step: 1, train_acc: 1 }])).toThrow(
      /^orderParameterFigure: no record has any of rqi_upstream, rqi, /,
    );
    expect(() => orderParameterFigure(NANDA, { width: 300 })).toThrow(
      "leaves no room for 3 panels in a row",
    );
  });
});

describe("sparsityFigure", () => {
  it("draws Gini coefficients, key frequencies and weights", () => {
    const view = new SvgView(sparsityFigure(NANDA));
    expect(view.texts("legend")).toEqual(["embedding", "neurons to logits"]);
    for (const title of ["Gini of Fourier norms", "Key frequencies of the logits"]) {
      expect(view.texts()).toContain(title);
      expect(view.root.querySelector(`svg[aria-label="${title}"]`)).not.toBeNull();
    }
    expect(() => sparsityFigure([{ step: 1 }])).toThrow("sparsityFigure: no record has any of");
  });
});
