import type { Axis } from "../axes/axis";
import { styleOf } from "../axes/palette";
import { quantityAxis } from "../axes/quantity-axis";
import { accuracyAxis, lossAxis } from "../axes/value-axis";
import { type BandOptions, bandOf, runCounts } from "../marks/band";
import type { Curve } from "../marks/curve";
import { milestoneRules } from "../marks/step-rule";
import { accuracyLevels } from "./accuracy-figure";
import { curveFigure, type FigureOptions } from "./curve-figure";
import type { Milestones, RunRecord } from "./run-record";

/** Runs that differ in their seed only, and which of their metrics to draw. */
export interface BandSeries {
  readonly label: string;
  /** The name of a metric in the records, such as `val_acc`. */
  readonly metric: string;
  readonly runs: readonly (readonly RunRecord[])[];
}

export interface BandFigureOptions extends FigureOptions, BandOptions {
  /** What all series measure; default "accuracy". A loss is drawn on a log scale, a value linearly. */
  readonly quantity?: "accuracy" | "loss" | "value";
  /** What is measured, on the axis; default accuracy in percent, cross-entropy in nats, the metric. */
  readonly label?: string;
  /** Steps to mark, such as the medians over the runs; none by default. */
  readonly milestones?: Milestones;
  /** As in `accuracyFigure`; for accuracies only. */
  readonly threshold?: number;
  readonly chance?: number;
}

/**
 * Curves over seeds as an SVG file: for each series a line in the middle, a band between two
 * quantiles, and N, the number of its runs, in the legend.
 *
 * @throws RangeError without series or runs, and where `accuracyFigure` does; TypeError for a level
 * on a loss.
 */
export function bandFigure(series: readonly BandSeries[], options: BandFigureOptions = {}): string {
  const caller = "bandFigure";
  const { quantity = "accuracy", center = "median", quantiles = [0.25, 0.75] } = options;
  if (series.length === 0) throw new RangeError(`${caller}: there are no series to draw`);
  const levels = accuracyLevels(options, caller);
  if (quantity !== "accuracy" && levels.length > 0) {
    throw new TypeError(`${caller}: threshold and chance are accuracies; a ${quantity} has none`);
  }
  const shown = shownAs[quantity];
  const curves = series.map(({ label, metric, runs }, index): Curve => {
    const band = bandOf(runs, metric, options, caller);
    return {
      label: `${label} (N = ${options.minRuns === "running" ? runCounts(runs) : runs.length})`,
      style: styleOf(index),
      steps: band.steps,
      values: band.center.map(shown),
      band: { low: band.low.map(shown), high: band.high.map(shown) },
    };
  });
  return curveFigure(
    {
      ...options,
      curves,
      valueAxis: axisOf(quantity, curves, options.label, series[0]?.metric as string),
      rules: milestoneRules(options.milestones, caller),
      levels,
      legendNote: bandNote(center, quantiles),
    },
    caller,
  );
}

function axisOf(
  quantity: "accuracy" | "loss" | "value",
  curves: readonly Curve[],
  label: string | undefined,
  metric: string,
): Axis {
  if (quantity === "value") return quantityAxis(valuesOf(curves), { label: label ?? metric });
  const axis = quantity === "accuracy" ? accuracyAxis() : lossAxis(valuesOf(curves));
  if (label === undefined) return axis;
  return { ...axis, label: quantity === "loss" ? `${label} (log scale)` : label };
}

/** What line and band are, in words: "median, 25–75% band". */
function bandNote(center: string, [low, high]: readonly [number, number]): string {
  if (low === 0 && high === 1) return `${center}, full range`;
  return `${center}, ${Number((100 * low).toPrecision(4))}–${Number((100 * high).toPrecision(4))}% band`;
}

/** A value of each quantity as its axis has it. */
const shownAs = {
  accuracy: (value: number) => 100 * value,
  loss: aboveZero,
  value: (value: number) => value,
};

function aboveZero(value: number): number {
  return value > 0 ? value : Number.NaN;
}

function* valuesOf(curves: readonly Curve[]): Iterable<number> {
  for (const { values, band } of curves) {
    for (const part of [values, band?.low ?? [], band?.high ?? []]) yield* Array.from(part);
  }
}
