import { expect, it } from "vitest";
import { SvgView } from "../../test/svg-view";
import { FUTURES, FUTURES_PANELS } from "../../test/sweep";
import { type FuturesPanel, futuresFigure } from "./futures-figure";

it("draws the trunk once in each panel, and each future from its change on", () => {
  const svg = futuresFigure(FUTURES, FUTURES_PANELS, { trunks: 5, threshold: 0.95 });
  const count = (label: string) => svg.split(`aria-label="${label}"`).length - 1;
  expect(count("trunk")).toBe(2);
  expect(count("trunk, band")).toBe(2);
  expect(count("no change")).toBe(2);
  expect(count("change")).toBe(2);
  expect(svg.match(/weight-decay=0, band/g)).toHaveLength(1);
  expect(svg.match(/train-fraction=0.1, band/g)).toHaveLength(1);
  expect(svg).toContain("Steps since the change");
});

it("says of every run what became of it", () => {
  const legend = new SvgView(futuresFigure(FUTURES, FUTURES_PANELS, { trunks: 5 })).texts("legend");
  expect(legend).toEqual([
    "trunk (N = 5)",
    "no change (N = 5: 5 grokked)",
    "tmem: weight-decay=0 (N = 4: 3 never grokked, 1 failed, 1 never came to the change)",
    "tgrok: train-fraction=0.1 (N = 5: 5 grokked, 4 of them ungrokked)",
    "step of the change",
  ]);
});

it("joins trunk and future at the rule, over the run's own steps if all change at one", () => {
  const panel: FuturesPanel = {
    isAligned: false,
    changes: [500],
    trunk: [0, 250, 500].map((step) => ({ step, center: step / 1000, low: 0, high: 1 })),
    bands: [[500, 1000].map((step) => ({ step, center: 0.5, low: 0, high: 1 }))],
  };
  const [future] = FUTURES.slice(0, 1);
  const svg = futuresFigure(future === undefined ? [] : [future], [panel], { trunks: 5 });
  const view = new SvgView(svg);
  const [trunk, line] = ["trunk", "no change"].map((label) => view.line(label)[0]);
  expect(line?.[0]).toEqual(trunk?.at(-1));
  const rule = view.within("change", "line")[0];
  const { left } = view.frame();
  expect(Number(rule?.getAttribute("x1"))).toBeCloseTo(line?.[0]?.[0] as number, 0);
  expect(line?.[0]?.[0]).toBeGreaterThan(left);
  expect(svg).toContain("Optimization steps");
});

it("refuses what cannot be drawn", () => {
  expect(() => futuresFigure([], FUTURES_PANELS, { trunks: 1 })).toThrow("no futures to draw");
  expect(() => futuresFigure(FUTURES, [], { trunks: 1 })).toThrow("no panels to draw");
  const trunk = [{ step: Number.NaN, center: 0, low: 0, high: 0 }];
  const bad = { isAligned: true, changes: [], trunk, bands: [] };
  expect(() => futuresFigure(FUTURES, [bad], { trunks: 1 })).toThrow("a step is NaN");
});
