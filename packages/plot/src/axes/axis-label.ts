import { element } from "../element";
import { INK } from "./palette";

/** The type of an axis's label. */
export const AXIS_LABEL = { size: 13 } as const;

/** What an axis measures, centred at (x, y); `upright` reads from below to above. */
export function axisLabel(
  document: Document,
  text: string,
  x: number,
  y: number,
  upright = false,
): SVGElement {
  return element(
    document,
    "text",
    {
      transform: `translate(${x},${y})${upright ? " rotate(-90)" : ""}`,
      fill: INK.text,
      "font-size": AXIS_LABEL.size,
    },
    text,
  );
}

/** Two strokes across a horizontal axis, with the axis cut between them. */
export function axisBreak(document: Document, x: number, y: number): SVGElement {
  return element(
    document,
    "g",
    { "aria-label": "axis break" },
    element(document, "path", {
      d: `M${x - 2.5},${y + 4}l5,-8`,
      stroke: "#ffffff",
      "stroke-width": 5,
    }),
    element(document, "path", {
      d: `M${x - 5},${y + 4}l5,-8M${x},${y + 4}l5,-8`,
      stroke: INK.rule,
      fill: "none",
    }),
  );
}
