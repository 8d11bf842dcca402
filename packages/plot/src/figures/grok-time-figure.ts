import type * as Plot from "@observablehq/plot";
import { styleOf } from "../axes/palette";
import { quantityAxis } from "../axes/quantity-axis";
import { element } from "../element";
import { panel } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import type { CurveStyle } from "../marks/curve";
import type { LegendEntry } from "../marks/legend";

/** Runs that differ in their seed only, at one value of what varies. */
export interface GrokTimes {
  readonly x: number;
  /** The Kaplan–Meier median; null if it was not reached. */
  readonly median: number | null;
  /** The median's interval; a bound is null if the runs do not bound it. */
  readonly interval: readonly [low: number | null, high: number | null];
  /**
   * Each run's step of grokking, or the last at which it had not; of one that failed, all the steps
   * that it was given.
   */
  readonly runs: readonly {
    readonly time: number;
    readonly grokked: boolean;
    /** Default false. */
    readonly failed?: boolean;
  }[];
}

/** Times to grok along the axis, and the law that was fitted to them. */
export interface GrokTimeSeries {
  readonly label: string;
  readonly points: readonly GrokTimes[];
  /** time = factor · x^exponent; `error` is the exponent's standard error. */
  readonly law?: {
    readonly factor: number;
    readonly exponent: number;
    readonly error: number;
  } | null;
}

export interface GrokTimeOptions extends SheetOptions {
  readonly xLabel: string;
  /** How x is spaced; default "log", in which a power law is a line. */
  readonly xScale?: "log" | "linear";
  readonly note?: string;
}

/**
 * Time to grok against one axis, as an SVG file: the median over seeds with its interval, each run as
 * a dot, runs that never grokked as triangles at the step until which they were watched, runs that
 * failed as crosses, and the power law fitted to all of them. Steps are on a log scale.
 *
 * @throws RangeError without series or points, for a time that is not above 0, or an x that is not on
 *   a log scale
 */
export function grokTimeFigure(
  series: readonly GrokTimeSeries[],
  options: GrokTimeOptions,
): string {
  const caller = "grokTimeFigure";
  const { xLabel, xScale = "log" } = options;
  const points = series.flatMap((each) => each.points);
  if (points.length === 0) throw new RangeError(`${caller}: there are no points to draw`);
  for (const { x, runs } of points) {
    if (!Number.isFinite(x) || (xScale === "log" && x <= 0)) {
      throw new RangeError(`${caller}: x is ${x}, which has no place on a ${xScale} scale`);
    }
    for (const { time } of runs) {
      if (!(time > 0 && Number.isFinite(time))) {
        throw new RangeError(`${caller}: a time is ${time}; it is a step above 0`);
      }
    }
  }
  const times = points.flatMap((point) => point.runs.map(({ time }) => time));
  const xAxis = quantityAxis(
    points.map(({ x }) => x),
    { label: xLabel, scale: xScale },
  );
  const yAxis = quantityAxis(times, { label: "Steps to grok (log scale)", scale: "log", ticks: 6 });
  const runs = points.flatMap((point) => point.runs);
  const hasNever = runs.some(({ grokked, failed }) => !grokked && failed !== true);
  const hasFailures = runs.some(({ failed }) => failed === true);
  return sheet(
    {
      ...options,
      columns: 1,
      panelHeight: 340,
      legend: series.map((each, i) => entry(each, styleOf(i))),
      note:
        options.note ??
        `Large: median over seeds (Kaplan–Meier) with its 95% interval, which ends in an arrow where the runs do not bound it. Small: single runs${hasNever ? "; triangles had not grokked when they ended" : ""}${hasFailures ? "; crosses failed, and count as never" : ""}. Lines: time = factor · x^{exponent}, by censored regression on all runs.`,
      panels: [
        panel({
          x: xAxis,
          y: yAxis,
          marks: (document, { x, y, left, right, top, bottom }) => {
            const spread = seriesShift(series.length);
            const inFrame = (pixel: number) => Math.min(Math.max(pixel, top), bottom);
            return series.flatMap(({ points: own, law, label }, i) => {
              const { color, dash } = styleOf(i);
              const shift = spread(i);
              const marks: Plot.Markish[] = [];
              if (law)
                marks.push(() =>
                  lawPath(document, law, { xAxis, x, y, left, right, top, bottom }, color, dash),
                );
              const single = own.flatMap((point) =>
                point.runs.map((run) => ({ ...run, x: point.x })),
              );
              marks.push(
                ...single.map(
                  ({ x: at, time, grokked, failed = false }) =>
                    () =>
                      runMark(document, x(at) + shift, y(time), { grokked, failed }, color),
                ),
                ...own.map(({ x: at, median, interval }) => () => {
                  if (median === null) return element(document, "g", {});
                  const [low, high] = interval;
                  return medianMark(
                    document,
                    x(at) + shift,
                    inFrame(y(median)),
                    low === null ? null : inFrame(y(low)),
                    high === null ? null : inFrame(y(high)),
                    { color, top, bottom, label },
                  );
                }),
              );
              return marks;
            });
          },
        }),
      ],
    },
    caller,
  );
}

function entry({ label, points, law }: GrokTimeSeries, style: CurveStyle): LegendEntry {
  const all = points.flatMap((point) => point.runs);
  const runs = all.length;
  const failed = all.filter((run) => run.failed === true).length;
  const fitted = law ? `: x^{${signed(law.exponent)} ± ${law.error.toFixed(2)}}` : "";
  // Over all points: N would be read as seeds per point.
  return {
    label: `${label}${fitted} (${runs} ${runs === 1 ? "run" : "runs"}${failed === 0 ? "" : `, ${failed} failed`})`,
    style,
  };
}

function signed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}

/** Pixels by which each of several series stands aside, so that their marks are not on each other. */
function seriesShift(count: number): (index: number) => number {
  const gap = Math.min(7, 24 / count);
  return (index) => (index - (count - 1) / 2) * (count === 1 ? 0 : gap);
}

function lawPath(
  document: Document,
  { factor, exponent }: NonNullable<GrokTimeSeries["law"]>,
  frame: {
    xAxis: { domain: readonly [number, number]; type: "linear" | "log" };
    x: (value: number) => number;
    y: (value: number) => number;
    left: number;
    right: number;
    top: number;
    bottom: number;
  },
  color: string,
  dash: string | undefined,
): SVGElement {
  const { xAxis, x, y, top, bottom } = frame;
  const [from, to] = xAxis.domain;
  const pieces: string[] = [];
  let isOpen = false;
  for (let i = 0; i <= 100; i++) {
    const share = i / 100;
    const at = xAxis.type === "log" ? from * (to / from) ** share : from + share * (to - from);
    const height = at > 0 ? y(factor * at ** exponent) : Number.NaN;
    const isInside = height >= top && height <= bottom;
    if (isInside) pieces.push(`${isOpen ? "L" : "M"}${x(at)},${height}`);
    isOpen = isInside;
  }
  return element(document, "path", {
    d: pieces.join("") || undefined,
    stroke: color,
    "stroke-width": 1.25,
    "stroke-dasharray": dash,
    fill: "none",
    "aria-label": "fitted law",
  });
}

/**
 * A single run: a dot, a triangle that points to the time at which it might have grokked yet, or a
 * cross.
 */
function runMark(
  document: Document,
  x: number,
  y: number,
  { grokked, failed }: { grokked: boolean; failed: boolean },
  color: string,
): SVGElement {
  if (grokked)
    return element(document, "circle", { cx: x, cy: y, r: 1.9, fill: color, "fill-opacity": 0.55 });
  if (failed) {
    const cross = `M${x - 2.6},${y - 2.6}L${x + 2.6},${y + 2.6}M${x - 2.6},${y + 2.6}L${x + 2.6},${y - 2.6}`;
    return element(document, "path", { d: cross, stroke: color, "aria-label": "failed" });
  }
  const d = `M${x - 3.2},${y + 2.6}L${x + 3.2},${y + 2.6}L${x},${y - 3.4}Z`;
  return element(document, "path", {
    d,
    fill: "none",
    stroke: color,
    "stroke-width": 1,
    "aria-label": "never grokked",
  });
}

function medianMark(
  document: Document,
  x: number,
  middle: number,
  low: number | null,
  high: number | null,
  { color, top, bottom, label }: { color: string; top: number; bottom: number; label: string },
): SVGElement {
  // A bound that is not known is open towards its side.
  const from = low ?? Math.min(bottom - 2, middle + 26);
  const to = high ?? Math.max(top + 2, middle - 26);
  const cap = (y: number) => `M${x - 3.5},${y}H${x + 3.5}`;
  const arrow = (y: number, way: number) =>
    `M${x - 3.5},${y + 5 * way}L${x},${y}L${x + 3.5},${y + 5 * way}`;
  const d = [
    `M${x},${from}V${to}`,
    low === null ? arrow(from, -1) : cap(from),
    high === null ? arrow(to, 1) : cap(to),
  ].join("");
  return element(
    document,
    "g",
    { "aria-label": `${label}, median` },
    element(document, "path", { d, stroke: color, "stroke-width": 1.25, fill: "none" }),
    element(document, "circle", { cx: x, cy: middle, r: 4.5, fill: color, stroke: "#ffffff" }),
  );
}
