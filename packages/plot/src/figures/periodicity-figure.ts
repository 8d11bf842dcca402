import { COLOR_BAR_WIDTH, colorScale } from "../axes/color-scale";
import { gridAxis } from "../axes/grid-axis";
import { squareHeight } from "../layout/panel";
import type { SheetOptions } from "../layout/sheet";
import { heatSheet } from "./heat-figure";
import { checkMoments, type Moment, momentTitle } from "./moment";

/** How a network's logits are spread over the frequencies of a and of b, at one step. */
export interface PeriodicityMoment extends Moment {
  /** Power of frequency j along a and k along b, [frequencies][frequencies]; 0 is the constant. */
  readonly power: readonly (readonly number[])[];
}

export interface PeriodicityFigureOptions extends SheetOptions {
  readonly note?: string;
}

/**
 * How periodic the logits are in (a, b) at several moments of a run, after figure 4 of Nanda et al.
 * 2023: the share of their power, the constant left out, at each pair of frequencies, by its
 * logarithm, as an SVG file. A network that adds by trigonometry has power on the diagonal, at its
 * key frequencies alone.
 *
 * @throws RangeError without moments, or where a table is not square or a power is below 0
 */
export function periodicityFigure(
  moments: readonly PeriodicityMoment[],
  options: PeriodicityFigureOptions = {},
): string {
  const caller = "periodicityFigure";
  checkMoments(moments, caller);
  const panels = moments.map((moment) => {
    const { power, step } = moment;
    const size = power.length;
    if (!power.every((row) => row.length === size && row.every((value) => value >= 0))) {
      throw new RangeError(`${caller}: step ${step} has no square table of powers from 0 up`);
    }
    const total = power.flat().reduce((sum, value) => sum + value, 0) - (power[0]?.[0] ?? 0);
    return {
      title: momentTitle(moment),
      values: power.map((row, j) =>
        row.map((value, k) =>
          j + k === 0 ? Number.NaN : Math.log10(Math.max(value / total, 1e-9)),
        ),
      ),
      x: gridAxis(0, size - 1, "frequency along b", 5),
      y: gridAxis(0, size - 1, "frequency along a", 5),
    };
  });
  return heatSheet(
    panels,
    {
      ...options,
      colors: colorScale(-5, 0),
      meaning: "log_{10} of the share of power",
      columns: moments.length,
      panelHeight: squareHeight(options.width ?? 720, moments.length, COLOR_BAR_WIDTH),
      note:
        options.note ??
        "Two-dimensional Fourier transform of the logits over all pairs, cosine and sine of a frequency together, after Nanda et al. 2023.",
    },
    caller,
  );
}
