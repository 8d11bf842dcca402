import { type QuantityAxisOptions, quantityAxis } from "../axes/quantity-axis";
import { type StepScale, stepAxis } from "../axes/step-axis";
import { inOrder, type Milestones, metricOf, type RunRecord } from "../figures/run-record";
import { type Curve, type CurveStyle, curveOf } from "../marks/curve";
import { milestoneRules } from "../marks/step-rule";
import { curvePanel, ruleEntries } from "./curve-panel";
import { tickRoom } from "./panel";
import { type SheetOptions, sheet } from "./sheet";

/** Settings of figures over a run's steps in several panels. */
export interface StepSheetOptions extends SheetOptions {
  /** How steps are spaced; default "log". */
  readonly scale?: StepScale;
  /** Steps to mark; none by default. */
  readonly milestones?: Milestones;
  /** In small letters under the panels; each figure has its own words for sources. */
  readonly note?: string;
}

/** A panel of curves of some columns. */
export interface ColumnPanel {
  readonly title: string;
  readonly axis: QuantityAxisOptions;
  readonly curves: readonly {
    readonly column: string;
    /** In the legend; without it the panel's title says what it is. */
    readonly label?: string;
    readonly style: CurveStyle;
    readonly factor?: number;
  }[];
}

/**
 * Columns of a run's records over its steps, a panel for each that any record has a finite value of.
 *
 * @throws RangeError without records, or where no record has any of the columns
 */
export function columnSheet(
  records: readonly RunRecord[],
  wanted: readonly ColumnPanel[],
  options: StepSheetOptions,
  caller: string,
): string {
  const ordered = inOrder(records, caller);
  const has = (column: string) =>
    ordered.some((record) => Number.isFinite(metricOf(record, column)));
  const shown = wanted
    .map((each) => ({ ...each, curves: each.curves.filter(({ column }) => has(column)) }))
    .filter(({ curves }) => curves.length > 0);
  if (shown.length === 0) {
    const columns = wanted.flatMap(({ curves }) => curves.map(({ column }) => column));
    throw new RangeError(`${caller}: no record has any of ${columns.join(", ")}`);
  }
  const rules = milestoneRules(options.milestones, caller);
  const steps = stepAxis(
    [...ordered.map(({ step }) => step), ...rules.map(({ step }) => step)],
    options.scale ?? "log",
  );
  const inRow = shown.length === 1 ? 1 : shown.length === 2 || shown.length === 4 ? 2 : 3;
  const entries = new Map<string, CurveStyle>();
  for (const { curves } of shown)
    for (const { label, style } of curves) if (label !== undefined) entries.set(label, style);
  const rowOf = (i: number) => Math.floor(i / inRow);
  const drawn = shown.map(({ title, axis, curves }, i) => {
    const own = curves.map(
      ({ column, label = title, style, factor = 1 }): Curve =>
        onAxis(curveOf(ordered, column, label, style, factor), axis),
    );
    return {
      title,
      curves: own,
      steps,
      valueAxis: quantityAxis(
        own.flatMap(({ values }) => Array.from(values)),
        axis,
      ),
      rules,
      // Under each column of panels the steps are named once, and frames of a row stay alike.
      isStepsNamed: i + inRow >= shown.length,
    };
  });
  const namedRows = new Set(
    drawn.flatMap(({ isStepsNamed }, i) => (isStepsNamed ? [rowOf(i)] : [])),
  );
  const room = Math.max(...drawn.map(({ valueAxis }) => tickRoom(valueAxis)));
  return sheet(
    {
      title: options.title,
      subtitle: options.subtitle,
      width: options.width,
      note: options.note,
      columns: inRow,
      panelHeight: inRow === 1 ? 300 : 190,
      legend: [...[...entries].map(([label, style]) => ({ label, style })), ...ruleEntries(rules)],
      panels: drawn.map((each, i) =>
        curvePanel({ ...each, room, isStepsNamed: namedRows.has(rowOf(i)) }),
      ),
    },
    caller,
  );
}

/** A value ≤ 0 has no place on a logarithmic axis, and leaves a gap. */
function onAxis(curve: Curve, { scale }: QuantityAxisOptions): Curve {
  if (scale !== "log") return curve;
  return {
    ...curve,
    values: Float64Array.from(curve.values, (value) => (value > 0 ? value : Number.NaN)),
  };
}
