import { styleOf, TRAINING, VALIDATION } from "../axes/palette";
import { quantityAxis } from "../axes/quantity-axis";
import { stepAxis } from "../axes/step-axis";
import { accuracyAxis } from "../axes/value-axis";
import { type StepSheetOptions } from "../layout/column-sheet";
import { curvePanel, ruleEntries, type Shade } from "../layout/curve-panel";
import { tickRoom } from "../layout/panel";
import { sheet } from "../layout/sheet";
import { type Curve, curveOf } from "../marks/curve";
import { milestoneRules } from "../marks/step-rule";
import { inOrder, metricOf, type RunRecord } from "./run-record";

/** Where one of a run's phases begins and ends, in steps. */
export interface PhaseSpan {
  readonly phase: "confusion" | "memorisation" | "grokking" | "comprehension";
  readonly from: number;
  readonly to: number;
}

export interface PhaseFigureOptions extends StepSheetOptions {
  /** What to shade, in the order of steps. */
  readonly phases: readonly PhaseSpan[];
  /** The column under the accuracies, and what its axis says. */
  readonly parameter: { readonly column: string; readonly label: string };
  /** The thresholds of the phases, in words. */
  readonly thresholds?: string;
}

const PHASE_COLOURS: Record<PhaseSpan["phase"], string> = {
  confusion: "#e9e9e9",
  memorisation: "#fde7c3",
  grokking: "#d5e8f7",
  comprehension: "#d3eee0",
};

/**
 * The transition of a run: its accuracies, and under them an order parameter, over steps, with the
 * four phases of Liu et al. 2022 shaded, as an SVG file.
 *
 * @param records accuracies (lines of metrics.jsonl) and the order parameter (there or in
 *   analysis.jsonl), at their own steps if need be
 * @throws RangeError without records, or where none has an accuracy or the order parameter
 */
export function phaseFigure(records: readonly RunRecord[], options: PhaseFigureOptions): string {
  const caller = "phaseFigure";
  const ordered = inOrder(records, caller);
  const { parameter, phases, thresholds } = options;
  const having = (column: string) =>
    ordered.filter((record) => Number.isFinite(metricOf(record, column)));
  const accuracies = [
    curveOf(having("train_acc"), "train_acc", "training", TRAINING, 100),
    curveOf(having("val_acc"), "val_acc", "validation", VALIDATION, 100),
  ];
  const below: Curve = curveOf(
    having(parameter.column),
    parameter.column,
    parameter.label,
    styleOf(4),
  );
  for (const [curve, column] of [
    [accuracies[1], "val_acc"],
    [below, parameter.column],
  ] as const) {
    if (curve?.values.length === 0) throw new RangeError(`${caller}: no record has ${column}`);
  }
  const rules = milestoneRules(options.milestones, caller);
  const steps = stepAxis(
    [...ordered.map(({ step }) => step), ...rules.map(({ step }) => step)],
    options.scale ?? "log",
  );
  const shades = phases.map(
    ({ phase, from, to }): Shade => ({ label: phase, from, to, color: PHASE_COLOURS[phase] }),
  );
  const valueAxis = quantityAxis(Array.from(below.values), {
    label: parameter.label,
    include: [0],
  });
  const room = Math.max(tickRoom(accuracyAxis()), tickRoom(valueAxis));
  const shared = { steps, rules, shades, room };
  return sheet(
    {
      title: options.title,
      subtitle: options.subtitle,
      width: options.width,
      columns: 1,
      panelHeight: 220,
      legend: [
        ...[...accuracies, below].map(({ label, style }) => ({ label, style })),
        ...shades.map(({ label, color }) => ({ label, style: { color, width: 12 } })),
        ...ruleEntries(rules),
      ],
      note:
        options.note ?? (thresholds ? `Phases after Liu et al. 2022: ${thresholds}.` : undefined),
      panels: [
        curvePanel({
          ...shared,
          curves: accuracies,
          valueAxis: accuracyAxis(),
          isStepsNamed: false,
        }),
        curvePanel({ ...shared, curves: [below], valueAxis }),
      ],
    },
    caller,
  );
}
