import * as Plot from "@observablehq/plot";
import type { Axis } from "../axes/axis";
import { axisBreak } from "../axes/axis-label";
import { INK } from "../axes/palette";
import type { StepAxis } from "../axes/step-axis";
import { element } from "../element";
import type { Curve } from "../marks/curve";
import { curveMarks } from "../marks/curve-marks";
import { labelled } from "../marks/labelled";
import type { LegendEntry } from "../marks/legend";
import { ruleText, type StepRule } from "../marks/step-rule";
import { type PanelDrawing, panel } from "./panel";

/** A stretch of steps that is shaded behind the curves. */
export interface Shade {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly color: string;
}

/** Curves over steps in one of several panels. */
export interface CurvePanel {
  readonly title?: string;
  readonly curves: readonly Curve[];
  readonly steps: StepAxis;
  readonly valueAxis: Axis;
  readonly rules?: readonly StepRule[];
  readonly levels?: readonly number[];
  readonly shades?: readonly Shade[];
  /** Whether the axis of steps is named here; default true. */
  readonly isStepsNamed?: boolean;
  /** Pixels for the ticks' words at the left; see `tickRoom`. */
  readonly room?: number;
}

/** Draws curves over steps. */
export function curvePanel({
  title,
  curves,
  steps,
  valueAxis,
  rules = [],
  levels = [],
  shades = [],
  isStepsNamed = true,
  room,
}: CurvePanel): PanelDrawing {
  return panel({
    title,
    x: isStepsNamed ? steps : { ...steps, label: "" },
    y: valueAxis,
    room,
    marks: (document, { x, left, right, top, bottom }) => {
      const at = (step: number) => Math.min(Math.max(x(steps.place(step)), left), right);
      const isEmpty = curves.every(({ values }) => !Array.from(values).some(Number.isFinite));
      return [
        shades.map(({ label, from, to, color }) => () => {
          const [low, high] = [at(from), at(to)];
          const size = { x: low, y: top, width: high - low, height: bottom - top };
          return element(document, "rect", { ...size, fill: color, "aria-label": label });
        }),
        Plot.ruleY([...levels], {
          stroke: INK.level,
          strokeDasharray: "2 3",
          render: labelled("levels"),
        }),
        rules.map((rule) =>
          Plot.ruleX([steps.place(rule.step)], {
            stroke: INK.rule,
            strokeDasharray: rule.dash,
            strokeWidth: 1,
            render: labelled(rule.label.replace(/_\{(.*)\}/, "_$1")),
          }),
        ),
        curves.map((curve) => curveMarks(curve, steps.place, (value) => Math.floor(x(value)))),
        steps.breakAt === undefined
          ? null
          : () => axisBreak(document, x(steps.breakAt as number), bottom),
        isEmpty
          ? () =>
              element(
                document,
                "text",
                { x: (left + right) / 2, y: (top + bottom) / 2, fill: INK.soft, "font-size": 12 },
                "no finite values",
              )
          : null,
      ];
    },
  });
}

/** Rules as a legend names them. */
export function ruleEntries(rules: readonly StepRule[]): LegendEntry[] {
  return rules.map((rule) => ({
    label: ruleText(rule),
    style: { color: INK.rule, dash: rule.dash, width: 1.25 },
  }));
}
