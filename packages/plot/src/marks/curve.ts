import { metricOf, type RunRecord } from "../figures/run-record";

/** How a curve is drawn; `dash` also tells it from the others if there is no colour. */
export interface CurveStyle {
  readonly color: string;
  /** SVG's stroke-dasharray in pixels; none for a solid line. */
  readonly dash?: string;
  /** Line width in pixels. */
  readonly width: number;
  readonly symbol: "circle" | "square" | "triangle" | "diamond";
}

/** Values over steps, in order of step; NaN is a gap. A band lies between `low` and `high`. */
export interface Curve {
  readonly label: string;
  readonly style: CurveStyle;
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}

/** One metric of a run as a curve, each value times `factor`. Records are in order of step. */
export function curveOf(
  records: readonly RunRecord[],
  metric: string,
  label: string,
  style: CurveStyle,
  factor = 1,
): Curve {
  return {
    label,
    style,
    steps: Float64Array.from(records, (record) => record.step),
    values: Float64Array.from(records, (record) => factor * metricOf(record, metric)),
  };
}
