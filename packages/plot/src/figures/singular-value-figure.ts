import { colorScale } from "../axes/color-scale";
import { quantityAxis } from "../axes/quantity-axis";
import { stepAxis } from "../axes/step-axis";
import type { StepSheetOptions } from "../layout/column-sheet";
import { curvePanel, ruleEntries } from "../layout/curve-panel";
import { sheet } from "../layout/sheet";
import type { Curve } from "../marks/curve";
import { milestoneRules } from "../marks/step-rule";
import { inOrder } from "./run-record";

/** A list of numbers at each of a run's steps. */
export interface ListRecord {
  readonly step: number;
  /** Singular values, falling; or power per frequency, from 0. */
  readonly values: readonly number[];
}

export interface SingularValueFigureOptions extends StepSheetOptions {
  /** Whose singular values they are; default "first weight". */
  readonly weight?: string;
}

/** Lines named in the legend; the others are drawn in the colours between. */
const NAMED = 4;

/**
 * The singular values of a weight over a run's steps, the largest dark and the smallest light, on a
 * log scale, as an SVG file.
 *
 * @throws RangeError without records, or where they do not all have as many values
 */
export function singularValueFigure(
  records: readonly ListRecord[],
  options: SingularValueFigureOptions = {},
): string {
  const caller = "singularValueFigure";
  const ordered = inOrder(records, caller);
  const count = checkLists(ordered, caller);
  // What is rounding beside the largest is no direction of the weight.
  const greatest = Math.max(...ordered.flatMap(({ values }) => values.slice(0, 1)));
  const least = 1e-4 * greatest;
  const { colors } = colorScale(0, 1);
  const colorOf = (rank: number) =>
    colors[Math.floor((rank / Math.max(1, count - 1)) * (colors.length - 6))] as string;
  const curves = Array.from(
    { length: count },
    (_, rank): Curve => ({
      label: `σ_{${rank + 1}}`,
      style: { color: colorOf(rank), width: rank < 10 ? 1.75 : 0.9, symbol: "circle" },
      steps: ordered.map(({ step }) => step),
      values: ordered.map(({ values }) => {
        const value = values[rank] as number;
        return value > least ? value : Number.NaN;
      }),
    }),
  ).reverse();
  const rules = milestoneRules(options.milestones, caller);
  const steps = stepAxis(
    [...ordered.map(({ step }) => step), ...rules.map(({ step }) => step)],
    options.scale ?? "log",
  );
  const named = [
    ...new Set(
      Array.from({ length: NAMED }, (_, i) => Math.round((i * (count - 1)) / (NAMED - 1))),
    ),
  ];
  return sheet(
    {
      ...options,
      columns: 1,
      panelHeight: 330,
      legend: [
        ...named.map((rank) => ({
          label: `σ_{${rank + 1}}`,
          style: { color: colorOf(rank), width: 2.5 },
        })),
        ...ruleEntries(rules),
      ],
      panels: [
        curvePanel({
          curves,
          steps,
          valueAxis: quantityAxis(
            curves.flatMap(({ values }) => Array.from(values)),
            {
              label: `singular values of the ${options.weight ?? "first weight"} (log scale)`,
              scale: "log",
            },
          ),
          rules,
        }),
      ],
    },
    caller,
  );
}

/** How many values each record has. Throws a RangeError if that differs or one is not finite. */
export function checkLists(records: readonly ListRecord[], caller: string): number {
  const count = records[0]?.values.length as number;
  for (const { step, values } of records) {
    if (values.length !== count || count === 0) {
      throw new RangeError(
        `${caller}: step ${step} has ${values.length} values and another ${count}; all have as many, at least one`,
      );
    }
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) {
      throw new RangeError(`${caller}: step ${step} has the value ${wrong}; all are finite`);
    }
  }
  return count;
}
