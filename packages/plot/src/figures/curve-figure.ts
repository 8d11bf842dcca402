import * as Plot from "@observablehq/plot";
import type { Axis } from "../axes/axis";
import { AXIS_LABEL, axisBreak, axisLabel } from "../axes/axis-label";
import { INK } from "../axes/palette";
import { type StepScale, stepAxis } from "../axes/step-axis";
import { element, svgDocument } from "../element";
import { finish } from "../layout/finish";
import { heading } from "../layout/heading";
import { textWidth } from "../layout/text-width";
import type { Curve } from "../marks/curve";
import { curveMarks } from "../marks/curve-marks";
import { labelled } from "../marks/labelled";
import { type LegendEntry, legend } from "../marks/legend";
import { type LevelRule, levelLabels, levelMargin } from "../marks/level-rule";
import { RULE_ROW, ruleLabels, ruleText, type StepRule } from "../marks/step-rule";

/** The family that SVG text names; the PNG is drawn with the first, which is bundled. */
export const FONT_FAMILY = "Inter, 'Helvetica Neue', Helvetica, Arial, sans-serif";

/** What every figure of curves takes. */
export interface FigureOptions {
  /** In the first line, semi-bold. Broken into lines where it is too long. `x_{2}` and `x^{2}` are set as such, here and in the subtitle. */
  readonly title?: string;
  /** Under the title, smaller. */
  readonly subtitle?: string;
  /** Pixels; default 640. At 300 dpi and scale 2 that is 4.3 inches, a column and a half. */
  readonly width?: number;
  /** Pixels; default 400. */
  readonly height?: number;
  /** How steps are spaced; default "log", as in Power et al. 2022. */
  readonly scale?: StepScale;
}

/** A figure in parts: curves over steps on a value axis, with rules and levels. */
export interface CurveFigure extends FigureOptions {
  readonly curves: readonly Curve[];
  readonly valueAxis: Axis;
  readonly rules?: readonly StepRule[];
  readonly levels?: readonly LevelRule[];
  /** In the legend after the curves. */
  readonly legendNote?: string;
}

const EDGE = 12;
const TICK = { size: 12 } as const;
const TICK_LENGTH = 6;
const TICK_PAD = 3;
const BOTTOM = 52;
const MIN_SIDE = 80;

/**
 * Draws curves over steps as an SVG file. The same input gives the same bytes.
 *
 * @throws RangeError if the width or height leaves no room for the curves.
 */
export function curveFigure(figure: CurveFigure, caller: string): string {
  const { curves, valueAxis, levels = [], width = 640, height = 400, scale = "log" } = figure;
  const document = svgDocument();
  const rules = figure.rules ?? [];
  const steps = stepAxis(stepsOf(curves, rules), scale);

  const tickWidth = Math.max(
    ...valueAxis.major.map((tick) => textWidth(valueAxis.format(tick), TICK)),
  );
  const left = Math.ceil(EDGE + AXIS_LABEL.size + 8 + tickWidth + TICK_PAD + TICK_LENGTH);
  const right = width - Math.ceil(Math.max(22, levelMargin(levels) + 8));
  const bottom = height - BOTTOM;
  const title = heading(document, figure.title, figure.subtitle, width - left - EDGE);

  const x = Plot.scale({
    x: { type: steps.type, domain: [...steps.domain], range: [left, right] },
  });
  const placed = rules.map(({ step }) => x.apply(steps.place(step)) as number);
  const entries: LegendEntry[] = curves.map(({ label, style, band }) => ({
    label,
    style,
    band: band !== undefined,
  }));
  if (figure.legendNote) entries.push({ label: figure.legendNote });
  // Where the frame is too narrow for the labels above it, the rules are named in the legend.
  const fits =
    rules.length > 0 && ruleLabels(document, rules, placed, left, width - 6, 0) !== undefined;
  if (!fits) {
    for (const rule of rules) {
      entries.push({
        label: ruleText(rule),
        style: { color: INK.rule, dash: rule.dash, width: 1.25 },
      });
    }
  }
  const key = legend(document, entries, width - left - EDGE);
  const top = EDGE + title.height + key.height + (fits ? RULE_ROW : 6);
  if (!(right - left >= MIN_SIDE && bottom - top >= MIN_SIDE)) {
    throw new RangeError(
      `${caller}: a figure of ${width} × ${height} pixels leaves no room for the curves; ` +
        `it needs at least ${Math.ceil(width - (right - left) + MIN_SIDE)} × ` +
        `${Math.ceil(height - (bottom - top) + MIN_SIDE)}`,
    );
  }
  const y = Plot.scale({
    y: { type: valueAxis.type, domain: [...valueAxis.domain], range: [bottom, top] },
  });

  const labels = [
    translate(document, left, EDGE, title.node),
    translate(document, left, EDGE + title.height, key.node),
    axisLabel(document, steps.label, (left + right) / 2, height - EDGE),
    axisLabel(document, valueAxis.label, EDGE + AXIS_LABEL.size - 2, (top + bottom) / 2, true),
  ];
  const ruleNode = fits && ruleLabels(document, rules, placed, left, width - 6, top);
  if (ruleNode) labels.push(ruleNode);
  if (levels.length > 0) {
    const ys = levels.map(({ value }) => y.apply(value) as number);
    labels.push(levelLabels(document, levels, ys, right, top, bottom));
  }
  if (steps.breakAt !== undefined) {
    labels.push(axisBreak(document, x.apply(steps.breakAt) as number, bottom));
  }
  if (curves.every(({ values }) => !Array.from(values).some(Number.isFinite))) {
    labels.push(
      element(
        document,
        "text",
        {
          x: (left + right) / 2,
          y: (top + bottom) / 2,
          fill: INK.soft,
          "font-size": AXIS_LABEL.size,
        },
        "no finite values",
      ),
    );
  }

  const ink = { color: INK.rule, fontSize: TICK.size, label: null, fontVariant: "normal" } as const;
  const ticks = { ...ink, tickSize: TICK_LENGTH, tickPadding: TICK_PAD } as const;
  const minorTicks = { ...ink, tickSize: TICK_LENGTH / 2, text: null } as const;
  const svg = Plot.plot({
    document,
    width,
    height,
    marginLeft: left,
    marginRight: width - right,
    marginTop: top,
    marginBottom: BOTTOM,
    ariaLabel: plainText(figure.title ?? valueAxis.label),
    x: { type: steps.type, domain: [...steps.domain], range: [left, right], axis: null },
    y: { type: valueAxis.type, domain: [...valueAxis.domain], range: [bottom, top], axis: null },
    marks: [
      () => element(document, "rect", { width, height, fill: "#ffffff" }),
      Plot.gridY(valueAxis.major, { stroke: INK.grid, strokeOpacity: 1 }),
      Plot.gridX(steps.major, { stroke: INK.grid, strokeOpacity: 1 }),
      Plot.ruleY(
        levels.map(({ value }) => value),
        { stroke: INK.level, strokeDasharray: "2 3", render: labelled("levels") },
      ),
      Plot.frame({ stroke: INK.rule }),
      curves.map((curve) =>
        curveMarks(curve, steps.place, (value) => Math.floor(x.apply(value) as number)),
      ),
      rules.map((rule) =>
        Plot.ruleX([steps.place(rule.step)], {
          stroke: INK.rule,
          strokeDasharray: rule.dash,
          strokeWidth: 1.25,
          render: labelled(plainText(ruleText(rule))),
        }),
      ),
      Plot.axisX(steps.minor, minorTicks),
      Plot.axisY(valueAxis.minor, minorTicks),
      Plot.axisX(steps.major, { ...ticks, text: steps.format }),
      Plot.axisY(valueAxis.major, { ...ticks, text: valueAxis.format }),
      ...labels.map((node) => () => node),
    ],
  });
  svg.setAttribute("font-family", FONT_FAMILY);
  svg.setAttribute("role", "img");
  svg.setAttribute("fill", INK.text);
  return finish(svg, document);
}

function* stepsOf(curves: readonly Curve[], rules: readonly StepRule[]): Iterable<number> {
  for (const { steps } of curves) yield* Array.from(steps);
  for (const { step } of rules) yield step;
}

function translate(document: Document, x: number, y: number, node: SVGElement): SVGElement {
  return element(document, "g", { transform: `translate(${x},${y})` }, node);
}

function plainText(text: string): string {
  return text.replace(/([_^])\{([^{}]*)\}/g, "$1$2");
}
