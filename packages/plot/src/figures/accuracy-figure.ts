import { TRAINING, VALIDATION } from "../axes/palette";
import { accuracyAxis } from "../axes/value-axis";
import { type Curve, curveOf } from "../marks/curve";
import type { LevelRule } from "../marks/level-rule";
import { milestoneRules } from "../marks/step-rule";
import { curveFigure, type FigureOptions } from "./curve-figure";
import { inOrder, type Milestones, type RunRecord } from "./run-record";
import { scoreRecords } from "./score-records";

export interface AccuracyFigureOptions extends FigureOptions {
  /** Steps to mark; none by default. */
  readonly milestones?: Milestones;
  /** Accuracy in [0, 1] that counts as grokked, as a faint line. */
  readonly threshold?: number;
  /** Accuracy in [0, 1] of guessing, as a faint line; 1/p for p classes. */
  readonly chance?: number;
}

/**
 * Training and validation accuracy over a run as an SVG file, like figure 1 of Power et al. 2022; of
 * answers that are values, the explained share of their variance.
 * Steps are on a log scale unless `scale` is "linear". NaN and missing values leave gaps; long
 * runs are thinned to the least and greatest value of each pixel column.
 *
 * @throws RangeError without records, for a step, milestone or level that is no such thing, or if
 * the figure is too small.
 */
export function accuracyFigure(
  records: readonly RunRecord[],
  options: AccuracyFigureOptions = {},
): string {
  const { records: ordered, label } = scoreRecords(inOrder(records, "accuracyFigure"));
  const train = curveOf(ordered, "train_acc", "training", TRAINING, 100);
  const validation = curveOf(ordered, "val_acc", "validation", VALIDATION, 100);
  return curveFigure(
    {
      ...options,
      curves: [train, validation] satisfies Curve[],
      valueAxis: label === undefined ? accuracyAxis() : { ...accuracyAxis(), label },
      rules: milestoneRules(options.milestones, "accuracyFigure"),
      levels: accuracyLevels(options, "accuracyFigure"),
    },
    "accuracyFigure",
  );
}

/** The faint lines of an accuracy figure: the threshold by its percentage, and chance. */
export function accuracyLevels(
  { threshold, chance }: Pick<AccuracyFigureOptions, "threshold" | "chance">,
  caller: string,
): LevelRule[] {
  const levels: LevelRule[] = [];
  for (const [name, value] of [
    ["threshold", threshold],
    ["chance", chance],
  ] as const) {
    if (value === undefined) continue;
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(`${caller}: ${name} is ${value}; it is an accuracy in [0, 1]`);
    }
    const percent = Number((100 * value).toPrecision(4));
    levels.push({ label: name === "chance" ? "chance" : `${percent}%`, value: percent });
  }
  return levels;
}
