import * as Plot from "@observablehq/plot";
import { INK } from "../axes/palette";
import { element } from "../element";
import { panel, squareHeight } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { checkMoments, type Moment, momentTitle } from "./moment";

/** The hidden neurons of an MLP that adds two residues, at one step. */
export interface NeuronPhaseMoment extends Moment {
  readonly neurons: readonly {
    /** The frequency that most of its weights' power is in. */
    readonly frequency: number;
    /** The share of that power, from 0 to 1. */
    readonly share: number;
    /** φ_a + φ_b (φ_a − φ_b for a difference), in turns. */
    readonly operands: number;
    /** φ of its weights to the answers, in turns. */
    readonly answer: number;
  }[];
}

export interface NeuronPhaseFigureOptions extends SheetOptions {
  readonly note?: string;
}

/**
 * Phases of an MLP's hidden neurons at several moments of a run, one panel each, as an SVG file: of
 * each neuron that of the operands, φ_a + φ_b, and that of the answer, in turns. The analytic
 * solution of Gromov 2023 lies on the line on which both are equal. A dot is the darker, the more of
 * the neuron's power its frequency has.
 *
 * @throws RangeError without moments or neurons, or where a number is not finite
 */
export function neuronPhaseFigure(
  moments: readonly NeuronPhaseMoment[],
  options: NeuronPhaseFigureOptions = {},
): string {
  const caller = "neuronPhaseFigure";
  checkMoments(moments, caller);
  for (const { step, neurons } of moments) {
    const isFinite = neurons.every(({ share, operands, answer }) =>
      [share, operands, answer].every(Number.isFinite),
    );
    if (neurons.length === 0 || !isFinite) {
      throw new RangeError(
        `${caller}: step ${step} has ${neurons.length} neurons; there is one or more, and all numbers are finite`,
      );
    }
  }
  const hue = Plot.scale({ color: { type: "cyclical", scheme: "rainbow", domain: [0, 1] } });
  const most = Math.max(...moments.flatMap(({ neurons }) => neurons.map((each) => each.frequency)));
  const axis = {
    type: "linear",
    domain: [-0.5, 0.5],
    major: [-0.5, 0, 0.5],
    minor: [],
    format: (tick: number) => String(tick).replace("-0.5", "−½").replace("0.5", "½"),
  } as const;
  return sheet(
    {
      ...options,
      columns: moments.length,
      panelHeight: squareHeight(options.width ?? 720, moments.length),
      note:
        options.note ??
        "Each dot is a hidden neuron: the phase of its weights from the operands, φ_{a} ± φ_{b}, and to the answers, φ_{c}, in turns, at the frequency that most of their power is in. It is the darker, the more of the power that is, and coloured by the frequency. In brackets: the mean of that share. Line: the analytic solution of Gromov 2023.",
      panels: moments.map((moment) =>
        panel({
          title: momentTitle(moment),
          isSquare: true,
          x: { ...axis, label: "phase from the operands" },
          y: { ...axis, label: "phase to the answers" },
          marks: (document, { x, y }) => [
            () =>
              element(document, "path", {
                d: `M${x(-0.5)},${y(-0.5)}L${x(0.5)},${y(0.5)}`,
                stroke: INK.level,
                "stroke-width": 1,
                fill: "none",
                "aria-label": "analytic",
              }),
            () =>
              element(
                document,
                "g",
                { "aria-label": "neurons" },
                ...moment.neurons.map(({ frequency, share, operands, answer }) =>
                  element(document, "circle", {
                    cx: x(operands),
                    cy: y(answer),
                    r: 2.6,
                    fill: hue.apply(frequency / (most + 1)) as string,
                    "fill-opacity": (0.15 + 0.85 * share).toFixed(2),
                  }),
                ),
              ),
          ],
        }),
      ),
    },
    caller,
  );
}
