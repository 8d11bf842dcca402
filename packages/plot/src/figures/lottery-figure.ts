import { INK, styleOf } from "../axes/palette";
import { quantityAxis } from "../axes/quantity-axis";
import { stepAxis } from "../axes/step-axis";
import type { StepSheetOptions } from "../layout/column-sheet";
import { curvePanel, ruleEntries } from "../layout/curve-panel";
import { tickRoom } from "../layout/panel";
import { sheet } from "../layout/sheet";
import type { Curve, CurveStyle } from "../marks/curve";
import { milestoneRules } from "../marks/step-rule";

/** A neuron in the lottery of frequencies. */
export interface LotteryNeuron {
  /** Counted from 0. */
  readonly neuron: number;
  /** The frequency that theory predicts from the start. */
  readonly predicted: number;
  readonly moments: readonly {
    readonly step: number;
    /** Share of the power of its weights by frequency, from 0 (the constant, 0): [frequencies + 1]. */
    readonly shares: ArrayLike<number>;
    /** φ_a ± φ_b − φ_c by frequency, in turns, at most half a turn in size: [frequencies + 1]. */
    readonly misalignment: ArrayLike<number>;
  }[];
}

const WON: CurveStyle = styleOf(0);
const PREDICTED: CurveStyle = styleOf(1);
const OTHER: CurveStyle = { color: INK.level, width: 0.6, symbol: "circle" };

/**
 * The lottery of frequencies in some neurons, as an SVG file: above, the share of each frequency in a
 * neuron's weights over steps; below, how far the phases of the predicted and of the winning frequency
 * are from φ_a ± φ_b = φ_c. The winner is the strongest frequency of the last moment.
 *
 * @throws RangeError without neurons, or if one has no moments or numbers that are not finite
 */
export function lotteryFigure(
  neurons: readonly LotteryNeuron[],
  options: StepSheetOptions = {},
): string {
  const caller = "lotteryFigure";
  for (const { neuron, moments } of neurons) {
    const numbers = moments.flatMap(({ shares, misalignment }) => [
      ...Array.from(shares),
      ...Array.from(misalignment),
    ]);
    if (moments.length === 0 || !numbers.every(Number.isFinite)) {
      throw new RangeError(
        `${caller}: neuron ${neuron} has ${moments.length} moments; there is one or more, and all numbers are finite`,
      );
    }
  }
  if (neurons.length === 0) throw new RangeError(`${caller}: there are no neurons`);
  const rules = milestoneRules(options.milestones, caller);
  const steps = stepAxis(
    [
      ...neurons.flatMap(({ moments }) => moments.map(({ step }) => step)),
      ...rules.map(({ step }) => step),
    ],
    options.scale ?? "log",
  );
  const sides = [
    {
      axis: quantityAxis([0, 1], { label: "share of power" }),
      curvesOf: (one: LotteryNeuron, won: number) => [
        ...Array.from({ length: (one.moments[0]?.shares.length ?? 1) - 1 }, (_, i) => i + 1)
          .filter((k) => k !== won && k !== one.predicted)
          .map((k) => curveAt(one, "shares", k, OTHER)),
        curveAt(one, "shares", won, WON),
        curveAt(one, "shares", one.predicted, PREDICTED),
      ],
    },
    {
      axis: quantityAxis([-0.5, 0.5], { label: "misalignment, turns" }),
      curvesOf: (one: LotteryNeuron, won: number) => [
        curveAt(one, "misalignment", won, WON),
        curveAt(one, "misalignment", one.predicted, PREDICTED),
      ],
    },
  ];
  const room = Math.max(...sides.map(({ axis }) => tickRoom(axis)));
  return sheet(
    {
      ...options,
      columns: neurons.length,
      panelHeight: 180,
      note:
        options.note ??
        "Each column is a hidden neuron. Above: share of each frequency in its weights from a and b and to c. Below: φ_{a} ± φ_{b} − φ_{c} of the winning and of the predicted frequency; 0 is the analytic solution of Gromov 2023.",
      legend: [
        { label: "winning frequency", style: WON },
        { label: "predicted by gradient flow from step 0", style: PREDICTED },
        { label: "others", style: { ...OTHER, width: 1.25 } },
        ...ruleEntries(rules),
      ],
      panels: sides.flatMap(({ axis, curvesOf }, row) =>
        neurons.map((one, i) => {
          const won = winnerOf(one);
          return curvePanel({
            ...(row === 0 ? { title: titleOf(one, won) } : {}),
            curves: curvesOf(one, won),
            steps,
            valueAxis: i === 0 ? axis : { ...axis, label: "" },
            rules,
            isStepsNamed: row === 1,
            room,
          });
        }),
      ),
    },
    caller,
  );
}

function titleOf({ neuron, predicted }: LotteryNeuron, won: number): string {
  return predicted === won
    ? `neuron ${neuron}: ${won}, as predicted`
    : `neuron ${neuron}: ${won}, not ${predicted}`;
}

function winnerOf({ moments }: LotteryNeuron): number {
  const shares = Array.from(moments.at(-1)?.shares ?? []);
  return shares.indexOf(Math.max(...shares.slice(1)), 1);
}

function curveAt(
  { moments }: LotteryNeuron,
  what: "shares" | "misalignment",
  frequency: number,
  style: CurveStyle,
): Curve {
  return {
    label: `k = ${frequency}`,
    style,
    steps: moments.map(({ step }) => step),
    values: moments.map((moment) => moment[what][frequency] ?? Number.NaN),
  };
}
