import { INK } from "../axes/palette";
import { element } from "../element";
import { textWidth } from "../layout/text-width";
import { spread } from "./spread";

/** A value that a figure marks with a faint horizontal line, named in the right margin. */
export interface LevelRule {
  readonly label: string;
  readonly value: number;
}

const SIZE = 11;
const PAD = 5;

/** The room that the names of the levels need beside the frame. */
export function levelMargin(levels: readonly LevelRule[]): number {
  return Math.max(0, ...levels.map(({ label }) => PAD + textWidth(label, { size: SIZE })));
}

/**
 * The names of the levels in the margin right of the frame, moved apart where they would touch.
 *
 * @param ys pixel position of each level
 */
export function levelLabels(
  document: Document,
  levels: readonly LevelRule[],
  ys: readonly number[],
  right: number,
  top: number,
  bottom: number,
): SVGElement {
  const order = ys.map((_, i) => i).sort((a, b) => (ys[a] as number) - (ys[b] as number));
  const anchors = order.map((i) => ys[i] as number);
  const sizes = order.map(() => SIZE);
  const centres = spread(anchors, sizes, 2, top - SIZE, bottom + SIZE) ?? anchors;
  const nodes = order.map((level, i) =>
    element(
      document,
      "text",
      { x: right + PAD, y: (centres[i] as number) + 0.36 * SIZE },
      (levels[level] as LevelRule).label,
    ),
  );
  return element(
    document,
    "g",
    { "aria-label": "level names", "font-size": SIZE, "text-anchor": "start", fill: INK.soft },
    ...nodes,
  );
}
