import { INK } from "../axes/palette";
import { element } from "../element";
import { textWidth } from "../layout/text-width";
import type { CurveStyle } from "./curve";

/** One entry: a sample of the line and what it is; without a style only the words. */
export interface LegendEntry {
  readonly label: string;
  readonly style?: Pick<CurveStyle, "color" | "dash" | "width">;
  readonly band?: boolean;
}

const SIZE = 13;
const SAMPLE = 28;
const PAD = 7;
const BETWEEN = 22;
const ROW = 20;

/** The entries side by side, broken into as many rows as the width asks for. */
export function legend(document: Document, entries: readonly LegendEntry[], width: number) {
  const nodes: SVGElement[] = [];
  let x = 0;
  let row = 0;
  for (const { label, style, band } of entries) {
    const sample = style ? SAMPLE + PAD : 0;
    const extent = sample + textWidth(label, { size: SIZE });
    if (x > 0 && x + extent > width) {
      x = 0;
      row++;
    }
    const y = row * ROW + ROW / 2;
    if (style && band) {
      nodes.push(
        element(document, "rect", {
          x,
          y: y - 5,
          width: SAMPLE,
          height: 10,
          fill: style.color,
          "fill-opacity": 0.2,
        }),
      );
    }
    if (style) {
      nodes.push(
        element(document, "line", {
          x1: x,
          x2: x + SAMPLE,
          y1: y,
          y2: y,
          stroke: style.color,
          "stroke-width": style.width,
          "stroke-dasharray": style.dash,
        }),
      );
    }
    nodes.push(
      element(
        document,
        "text",
        { x: x + sample, y: y + 0.36 * SIZE, fill: style ? INK.text : INK.soft },
        label,
      ),
    );
    x += extent + BETWEEN;
  }
  return {
    height: entries.length > 0 ? (row + 1) * ROW : 0,
    node: element(
      document,
      "g",
      { "aria-label": "legend", "font-size": SIZE, "text-anchor": "start" },
      ...nodes,
    ),
  };
}
