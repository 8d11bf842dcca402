import * as Plot from "@observablehq/plot";
import type { Curve } from "./curve";
import { labelled } from "./labelled";
import { thinIndices } from "./thin";

/** Up to this many points a curve shows each of them. */
const FEW = 30;

interface Point {
  x: number;
  y: number;
  low: number;
  high: number;
}

/**
 * A curve as Plot's marks: its band, its line, and dots where the points are few or stand alone
 * between gaps. Thinned to what the pixel columns can show.
 *
 * @param place the number that stands for a step on the x scale
 * @param columnOf the pixel column of such a number
 */
export function curveMarks(
  curve: Curve,
  place: (step: number) => number,
  columnOf: (x: number) => number,
): Plot.Markish[] {
  const { steps, values, band, style } = curve;
  const xs = Float64Array.from({ length: values.length }, (_, i) => place(steps[i] as number));
  const columns = Float64Array.from(xs, columnOf);
  const point = (i: number): Point => ({
    x: xs[i] as number,
    y: values[i] as number,
    low: (band?.low[i] ?? Number.NaN) as number,
    high: (band?.high[i] ?? Number.NaN) as number,
  });

  const line = thinIndices(columns, values).map(point);
  const drawn = line.filter(({ y }) => Number.isFinite(y));
  const alone = (i: number) =>
    [i - 1, i + 1].every((j) => !Number.isFinite(line[j]?.y ?? Number.NaN));
  const dots =
    drawn.length <= FEW ? drawn : line.filter(({ y }, i) => Number.isFinite(y) && alone(i));

  const marks: Plot.Markish[] = [];
  if (band) {
    const kept = new Set([...thinIndices(columns, band.low), ...thinIndices(columns, band.high)]);
    const area = [...kept].sort((a, b) => a - b).map(point);
    marks.push(
      Plot.areaY(area, {
        x: "x",
        y1: "low",
        y2: "high",
        fill: style.color,
        fillOpacity: 0.2,
        render: labelled(`${curve.label}, band`),
      }),
    );
  }
  marks.push(
    Plot.lineY(line, {
      x: "x",
      y: "y",
      stroke: style.color,
      strokeWidth: style.width,
      strokeDasharray: style.dash,
      strokeLinecap: style.dash ? "butt" : "round",
      strokeLinejoin: "round",
      render: labelled(curve.label),
    }),
  );
  if (dots.length > 0) {
    marks.push(
      Plot.dot(dots, {
        x: "x",
        y: "y",
        symbol: style.symbol,
        // The first curve's dots are larger, so that they show under the second's.
        r: style.symbol === "circle" ? 4 : 3,
        fill: style.color,
        stroke: "white",
        strokeWidth: 0.75,
        render: labelled(`${curve.label}, evaluations`),
      }),
    );
  }
  return marks;
}
