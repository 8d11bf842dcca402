import { styleOf } from "../axes/palette";
import { quantityAxis } from "../axes/quantity-axis";
import { type StepScale, stepAxis } from "../axes/step-axis";
import { accuracyAxis } from "../axes/value-axis";
import { curvePanel } from "../layout/curve-panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { type BandStep, bandCurve, checkBands } from "../marks/band-curve";

/** Runs that differ in their seed only: their band over steps, and over steps from t_grok. */
export interface SeedSeries {
  readonly label: string;
  readonly overSteps: readonly BandStep[];
  /** Steps count from t_grok, below 0 before it. */
  readonly aligned: readonly BandStep[];
  readonly runs: number;
  /** Runs that never grokked, and so are in no aligned band. */
  readonly without: number;
  /** Those of them that failed; default 0. */
  readonly failed?: number;
}

export interface SeedsFigureOptions extends SheetOptions {
  /** How the steps of the first panel are spaced; default "log". */
  readonly scale?: StepScale;
  /** Validation accuracy that counts as grokked, as a share. */
  readonly threshold?: number;
  /** What the vertical axis is; default validation accuracy. */
  readonly valueLabel?: string;
  readonly note?: string;
}

/**
 * Validation accuracy over seeds, as an SVG file of two panels: over steps, where a spread of the
 * times at which runs grok looks like a slow rise, and aligned at each run's t_grok, where the jump
 * shows as it is.
 *
 * @throws RangeError without series, or where a step is not a finite number
 */
export function seedsFigure(
  series: readonly SeedSeries[],
  options: SeedsFigureOptions = {},
): string {
  const caller = "seedsFigure";
  if (series.length === 0) throw new RangeError(`${caller}: there are no series to draw`);
  checkBands(
    series.flatMap(({ overSteps, aligned }) => [overSteps, aligned]),
    caller,
  );
  const { scale = "log", threshold } = options;
  const steps = stepAxis(
    series.flatMap(({ overSteps }) => overSteps.map(({ step }) => step)),
    scale,
  );
  const from = quantityAxis(
    series.flatMap(({ aligned }) => aligned.map(({ step }) => step)),
    { label: "Steps from t_{grok}", include: [0] },
  );
  const levels = threshold === undefined ? [] : [100 * threshold];
  const valueAxis = { ...accuracyAxis(), label: options.valueLabel ?? "Validation accuracy (%)" };
  const curves = (of: "overSteps" | "aligned") =>
    series.map((each, i) => bandCurve(each.label, each[of], styleOf(i)));
  return sheet(
    {
      ...options,
      columns: 2,
      panelHeight: 280,
      legend: series.map((each, i) => ({
        label: `${each.label} (${countsOf(each)})`,
        style: styleOf(i),
        band: true,
      })),
      note:
        options.note ??
        "Median over seeds, and the quartiles as a band. A run that has ended counts with its last value at the left, and not at the right, where runs that never grokked are left out.",
      panels: [
        curvePanel({ title: "Over steps", curves: curves("overSteps"), steps, valueAxis, levels }),
        curvePanel({
          title: "Aligned at t_{grok}",
          curves: curves("aligned"),
          steps: { ...from, place: (step) => step },
          valueAxis: { ...valueAxis, label: "" },
          levels,
          rules: [],
        }),
      ],
    },
    caller,
  );
}

/** How many runs there are, and what became of those that never grokked. */
function countsOf({ runs, without, failed = 0 }: SeedSeries): string {
  const parts = [`N = ${runs}`];
  if (without > failed) parts.push(`${without - failed} never grokked`);
  if (failed > 0) parts.push(`${failed} failed`);
  return parts.join(", ");
}
