import { styleOf, TRAINING, VALIDATION } from "../axes/palette";
import { lossAxis } from "../axes/value-axis";
import { type Curve, curveOf } from "../marks/curve";
import { milestoneRules } from "../marks/step-rule";
import { curveFigure, type FigureOptions } from "./curve-figure";
import { inOrder, type Milestones, type RunRecord } from "./run-record";

export interface ProgressFigureOptions extends FigureOptions {
  /** Steps to mark; none by default. */
  readonly milestones?: Milestones;
}

/**
 * Restricted and excluded loss with training and test loss over a run, like figure 7 of Nanda et al.
 * 2023, as an SVG file: the restricted loss falls while the test loss still stands, the excluded loss
 * rises as the network comes to rely on its key frequencies. On a log scale.
 *
 * @param records with `restricted_loss` and `excluded_loss` (lines of analysis.jsonl) and, at their
 *   own steps if need be, `train_loss` and `val_loss` (lines of metrics.jsonl)
 * @throws RangeError without records, or where none has a restricted or excluded loss
 */
export function progressFigure(
  records: readonly RunRecord[],
  options: ProgressFigureOptions = {},
): string {
  const caller = "progressFigure";
  const ordered = inOrder(records, caller);
  const curves = [
    curve(ordered, "train_loss", "train", TRAINING),
    curve(ordered, "val_loss", "test", VALIDATION),
    curve(ordered, "restricted_loss", "restricted (all pairs)", styleOf(2)),
    curve(ordered, "excluded_loss", "excluded (training pairs)", styleOf(6)),
  ];
  if (curves.slice(2).every(({ values }) => values.length === 0)) {
    throw new RangeError(`${caller}: no record has a restricted_loss or excluded_loss`);
  }
  const shown = curves.filter(({ values }) => values.length > 0);
  return curveFigure(
    {
      ...options,
      curves: shown,
      valueAxis: lossAxis(shown.flatMap(({ values }) => Array.from(values))),
      rules: milestoneRules(options.milestones, caller),
    },
    caller,
  );
}

/** A column over the steps that have it, so that records of other steps leave no gaps. */
function curve(
  records: readonly RunRecord[],
  column: string,
  label: string,
  style: Curve["style"],
): Curve {
  const own = records.filter(
    (record) => (record as unknown as Record<string, unknown>)[column] !== undefined,
  );
  const whole = curveOf(own, column, label, style);
  return {
    ...whole,
    values: Float64Array.from(whole.values, (value) => (value > 0 ? value : Number.NaN)),
  };
}
