import type { Axis } from "../axes/axis";
import { styleOf } from "../axes/palette";
import { quantityAxis } from "../axes/quantity-axis";
import { type StepScale, stepAxis } from "../axes/step-axis";
import { accuracyAxis, lossAxis } from "../axes/value-axis";
import { curvePanel } from "../layout/curve-panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { type BandStep, checkBands } from "../marks/band-curve";
import type { Curve, CurveStyle } from "../marks/curve";

/** A curve of a {@link comparisonFigure}: runs of ours with their band over seeds, or what was published. */
export interface ComparedCurve {
  /** Curves of one label are drawn alike in all panels, and are one entry of the legend. */
  readonly label: string;
  /** In order of step; where `low` is `high` no band shows. */
  readonly points: readonly BandStep[];
  /** Published points are black; default false. */
  readonly isPublished?: boolean;
}

/** What a panel measures: an accuracy or a loss, as these are always drawn, or a quantity of its own. */
export type ComparedQuantity =
  | "accuracy"
  | "loss"
  | {
      readonly label: string;
      readonly scale?: "linear" | "log";
      readonly include?: readonly number[];
    };

/** One quantity over steps. */
export interface ComparedPanel {
  readonly title?: string;
  readonly quantity: ComparedQuantity;
  readonly curves: readonly ComparedCurve[];
  /** Values to mark by a line across; an accuracy as a share. */
  readonly levels?: readonly number[];
}

export interface ComparisonFigureOptions extends SheetOptions {
  /** Panels in a row; default 1, or 2 where there are several. */
  readonly columns?: number;
  /** How steps are spaced; default "log". */
  readonly scale?: StepScale;
  /** What the axis counts; default optimization steps. */
  readonly stepName?: string;
  readonly note?: string;
}

/**
 * Curves of ours beside published ones, as an SVG file: one panel per quantity over common steps, ours
 * in colours with their band over seeds, published ones black, with dots where the points are few.
 *
 * @throws RangeError without panels, or where no curve has a point; TypeError if a point lacks a
 * number
 */
export function comparisonFigure(
  panels: readonly ComparedPanel[],
  options: ComparisonFigureOptions = {},
): string {
  const caller = "comparisonFigure";
  const curves = panels.flatMap((each) => each.curves).filter(({ points }) => points.length > 0);
  if (curves.length === 0) throw new RangeError(`${caller}: there are no curves to draw`);
  checkBands(
    curves.map(({ points }) => points),
    caller,
  );
  const { scale = "log", columns = Math.min(2, panels.length), stepName } = options;
  const all = stepAxis(
    curves.flatMap(({ points }) => points.map(({ step }) => step)),
    scale,
  );
  const steps =
    stepName === undefined
      ? all
      : { ...all, label: scale === "log" ? `${stepName} (log scale)` : stepName };
  const styles = stylesOf(curves);
  return sheet(
    {
      ...options,
      columns,
      panelHeight: columns === 1 && panels.length === 1 ? 320 : 250,
      legend: [...styles].map(([label, style]) => ({
        label,
        style,
        band: curves.some((each) => each.label === label && hasBand(each)),
      })),
      note: options.note,
      panels: panels.map(({ title, quantity, curves: own, levels = [] }, i) => {
        const factor = quantity === "accuracy" ? 100 : 1;
        const drawn = own.map((each) =>
          drawnCurve(each, styles.get(each.label) ?? styleOf(0), factor, quantity === "loss"),
        );
        return curvePanel({
          title,
          curves: drawn,
          steps,
          isStepsNamed: i >= panels.length - columns,
          valueAxis: axisOf(quantity, drawn),
          levels: levels.map((level) => factor * level),
        });
      }),
    },
    caller,
  );
}

function stylesOf(curves: readonly ComparedCurve[]): Map<string, CurveStyle> {
  const styles = new Map<string, CurveStyle>();
  // Black is what was published; ours have the other colours.
  const ours = [0, 1, 2, 3, 6, 5].map(styleOf);
  let [own, published] = [0, 0];
  for (const { label, isPublished = false } of curves) {
    if (styles.has(label)) continue;
    const style = isPublished
      ? { ...styleOf(4), dash: ["", "5 3", "2 2"][published++ % 3] || undefined }
      : (ours[own++ % ours.length] as CurveStyle);
    styles.set(label, style);
  }
  return styles;
}

function drawnCurve(
  { label, points }: ComparedCurve,
  style: CurveStyle,
  factor: number,
  isLoss: boolean,
): Curve {
  const column = (of: "center" | "low" | "high") =>
    Float64Array.from(points, (point) => {
      const value = factor * point[of];
      return isLoss && !(value > 0) ? Number.NaN : value;
    });
  return {
    label,
    style,
    steps: Float64Array.from(points, ({ step }) => step),
    values: column("center"),
    ...(hasBand({ points }) ? { band: { low: column("low"), high: column("high") } } : {}),
  };
}

function hasBand({ points }: Pick<ComparedCurve, "points">): boolean {
  return points.some(({ low, high }) => low !== high);
}

function axisOf(quantity: ComparedQuantity, curves: readonly Curve[]): Axis {
  if (quantity === "accuracy") return accuracyAxis();
  const values = curves.flatMap(({ values: center, band }) => [
    ...Array.from(center),
    ...Array.from(band?.low ?? []),
    ...Array.from(band?.high ?? []),
  ]);
  return quantity === "loss" ? lossAxis(values) : quantityAxis(values, quantity);
}
