import type { Axis } from "../axes/axis";
import { COLOR_BAR_WIDTH, colorScale } from "../axes/color-scale";
import { squareHeight } from "../layout/panel";
import type { SheetOptions } from "../layout/sheet";
import { type HeatPanel, heatSheet } from "./heat-figure";
import { checkMoments, type Moment, momentTitle } from "./moment";

/** How much each position attends to each at one step, for some heads. */
export interface AttentionMoment extends Moment {
  readonly heads: readonly {
    /** e.g. "head 0" or "layer 1, head 0" */
    readonly label: string;
    /** From each position to each, [from][to]. */
    readonly weights: readonly (readonly number[])[];
  }[];
}

export interface AttentionFigureOptions extends SheetOptions {
  /** What stands at each position: `["a", "b", "="]`. */
  readonly tokens: readonly string[];
  readonly note?: string;
}

/**
 * Attention at several moments of a run: a row of panels for each moment and a column for each head,
 * positions from above, what they attend to across, as an SVG file.
 *
 * @throws RangeError without moments, or where weights are not a table of the positions or not in [0, 1]
 */
export function attentionFigure(
  moments: readonly AttentionMoment[],
  options: AttentionFigureOptions,
): string {
  const caller = "attentionFigure";
  checkMoments(moments, caller);
  const { tokens } = options;
  const size = tokens.length;
  const axis = (label: string): Axis => ({
    type: "linear",
    domain: [-0.5, size - 0.5],
    major: [...tokens.keys()],
    minor: [],
    format: (position) => tokens[position] as string,
    label,
  });
  const heads = moments[0]?.heads.length as number;
  const panels = moments.flatMap((moment): HeatPanel[] =>
    moment.heads.map(({ label, weights }, head) => {
      const isTable =
        moment.heads.length === heads &&
        weights.length === size &&
        weights.every((row) => row.length === size && row.every((w) => w >= 0 && w <= 1 + 1e-5));
      if (!isTable) {
        throw new RangeError(
          `${caller}: ${label} of step ${moment.step} has no table of ${size} × ${size} weights from 0 to 1`,
        );
      }
      return {
        title: label,
        values: weights.map((row, from) => row.map((w, to) => (to > from ? Number.NaN : w))),
        x: axis(""),
        y: axis(head === 0 ? momentTitle(moment) : ""),
        textOf: (weight) => (Number.isFinite(weight) ? weight.toFixed(2).replace(/^0/, "") : ""),
      };
    }),
  );
  // Many heads make a wide picture, so that each is still seen.
  const width = options.width ?? Math.max(720, 100 + 140 * heads);
  return heatSheet(
    panels,
    {
      ...options,
      width,
      colors: colorScale(0, 1),
      meaning: "mean attention",
      columns: heads,
      panelHeight: squareHeight(width, heads, COLOR_BAR_WIDTH),
      note:
        options.note ??
        "The mean over all pairs, which does not show how attention depends on a and b. Down: the position that attends; across: the one attended to.",
    },
    caller,
  );
}
