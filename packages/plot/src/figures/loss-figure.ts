import { TRAINING, VALIDATION } from "../axes/palette";
import { lossAxis } from "../axes/value-axis";
import { type Curve, curveOf } from "../marks/curve";
import { milestoneRules } from "../marks/step-rule";
import { curveFigure, type FigureOptions } from "./curve-figure";
import { inOrder, type Milestones, type RunRecord } from "./run-record";

export interface LossFigureOptions extends FigureOptions {
  /** Steps to mark; none by default. */
  readonly milestones?: Milestones;
  /** What the loss is; default cross-entropy in nats. */
  readonly loss?: string;
}

/**
 * Training and validation loss over a run as an SVG file, on a log scale. Steps are on a log scale
 * too unless `scale` is "linear". NaN and missing values leave gaps, and so does a loss of 0, which
 * has no place on a log scale.
 *
 * @throws RangeError without records, for a step or milestone that is no such thing, or if the
 * figure is too small.
 */
export function lossFigure(records: readonly RunRecord[], options: LossFigureOptions = {}): string {
  const ordered = inOrder(records, "lossFigure");
  const train = positive(curveOf(ordered, "train_loss", "training", TRAINING));
  const validation = positive(curveOf(ordered, "val_loss", "validation", VALIDATION));
  const axis = lossAxis([...Array.from(train.values), ...Array.from(validation.values)]);
  return curveFigure(
    {
      ...options,
      curves: [train, validation],
      valueAxis:
        options.loss === undefined ? axis : { ...axis, label: `${options.loss} (log scale)` },
      rules: milestoneRules(options.milestones, "lossFigure"),
    },
    "lossFigure",
  );
}

/** The curve with a gap where it is not above 0. */
function positive(curve: Curve): Curve {
  return {
    ...curve,
    values: Float64Array.from(curve.values, (value) => (value > 0 ? value : Number.NaN)),
  };
}
