import type uPlot from "uplot";
import { formatNumber } from "../panels/chart/scale";
import { shortStep } from "../panels/chart/step-scale";
import { colorOf } from "./color";
import type { ChartData, Quantity } from "./curve";
import { drawLevels, drawRules } from "./rules";

/** What a plot is made by, besides its data. */
export interface PlotLook {
  quantity: Quantity;
  isLogSteps: boolean;
  width: number;
  height: number;
  /** The data as it is at each drawing. */
  data: () => ChartData;
  /** The step that the timeline shows; null for the newest. */
  marked: () => number | null;
  onHover: (index: number | null) => void;
}

/** How uPlot draws a chart. */
export function plotOptions(look: PlotLook): uPlot.Options {
  const { quantity, isLogSteps, width, height, data, marked, onHover } = look;
  const font = `12px ${colorOf("--font")}`;
  const axis = {
    stroke: colorOf("--soft"),
    font,
    ticks: { show: false },
  };
  const grid = { stroke: colorOf("--line"), width: 1 };
  const only = (keep: (tick: number | null) => number | null) => {
    const filter = (_: uPlot, ticks: number[]) => ticks.map(keep);
    return { filter, grid: { ...grid, filter } };
  };
  return {
    width,
    height,
    legend: { show: false },
    // On the right, room for half of the last step.
    padding: [22, 22, 0, 0],
    cursor: {
      y: false,
      points: { size: 7 },
      drag: { x: false, y: false, setScale: false },
      sync: { key: "steps" },
    },
    scales: {
      x: {
        time: false,
        distr: isLogSteps ? 3 : 1,
        // Of the data at hand: what uPlot gives may be the range that it had when it was empty.
        range: () => spread(data().steps[0] ?? null, data().steps.at(-1) ?? null, isLogSteps),
      },
      y: valueScales[quantity],
    },
    axes: [
      {
        ...axis,
        size: 30,
        values: (_, ticks) => ticks.map((tick) => (tick === null ? null : shortStep(tick))),
        ...(isLogSteps ? only(roundOnly) : { grid }),
      },
      {
        ...axis,
        size: quantity === "value" ? 58 : 46,
        values: (_, ticks, __, ___, apart) =>
          ticks.map((tick) => (tick === null ? null : tickTexts[quantity](tick, apart))),
        ...(quantity === "loss" ? only(powersOnly) : { grid }),
      },
    ],
    series: [
      {},
      ...data().curves.map(({ name, color, dash, width: stroke = 2, isPale = false }) => ({
        label: name,
        stroke: strokeOf(color, isPale),
        width: stroke,
        ...(dash === undefined ? {} : { dash: [...dash] }),
        spanGaps: true,
        points: { show: stroke > 0 && data().steps.length < 30, size: 5 },
      })),
    ],
    bands: (data().bands ?? []).map(({ between: [upper, lower], color }) => ({
      series: [upper + 1, lower + 1],
      fill: `color-mix(in srgb, ${colorOf(color)} 22%, transparent)`,
    })),
    hooks: {
      setCursor: [(plot) => onHover(plot.cursor.idx ?? null)],
      draw: [
        (plot) => {
          drawLevels(plot, data().levels ?? []);
          drawRules(plot, data().rules ?? [], marked());
        },
      ],
    },
  };
}

function strokeOf(color: string, isPale: boolean): string {
  const plain = color.startsWith("--") ? colorOf(color) : color;
  return isPale ? `color-mix(in srgb, ${plain} 50%, ${colorOf("--surface")})` : plain;
}

const valueScales: Readonly<Record<Quantity, uPlot.Scale>> = {
  accuracy: { range: [0, 1] },
  loss: { distr: 3, range: (_, from, to) => decades(from, to) },
  value: { range: (_, from, to) => around(from, to) },
};

/** Ticks in words, given how far they are apart. */
const tickTexts: Readonly<Record<Quantity, (tick: number, apart: number) => string>> = {
  accuracy: (tick) => `${Math.round(tick * 100)}%`,
  loss: power,
  value: (tick, apart) =>
    apart < 1e-4 || Math.abs(tick) >= 1e6
      ? formatNumber(tick)
      : tick.toLocaleString("en", { maximumFractionDigits: apart < 1 ? 5 : 1 }),
};

/** A little more than the values that there are; a flat curve shows as one, and noise is not blown up. */
function around(from: number | null, to: number | null): [number, number] {
  if (from === null || to === null) return [0, 1];
  const least = 1e-3 * Math.max(Math.abs(from), Math.abs(to), 1e-6);
  const room = Math.max(least, to - from) * 0.06 + Math.max(0, least - (to - from)) / 2;
  return [from - room, to + room];
}

/** A little more than the steps that there are, so that the newest is not at the very edge. */
function spread(from: number | null, to: number | null, isLog: boolean): [number, number] {
  if (from === null || to === null) return isLog ? [1, 1000] : [0, 1000];
  if (isLog) return [Math.max(1, Math.min(from, 10)), Math.max(to * 1.12, 100)];
  return [0, Math.max(to * 1.03, 100)];
}

function decades(from: number | null, to: number | null): [number, number] {
  if (from === null || to === null) return [1e-3, 10];
  return [10 ** Math.floor(Math.log10(from)), 10 ** Math.ceil(Math.log10(to))];
}

/** Steps at which a log axis has room for numbers: 1, 2, 5, 10, … */
function roundOnly(tick: number | null): number | null {
  if (tick === null || tick <= 0) return null;
  const digit = tick / 10 ** Math.floor(Math.log10(tick) + 1e-9);
  return [1, 2, 5].some((round) => Math.abs(digit - round) < 1e-6) ? tick : null;
}

function powersOnly(tick: number | null): number | null {
  if (tick === null || tick <= 0) return null;
  const exponent = Math.log10(tick);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9 ? tick : null;
}

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (exponent >= 0 && exponent <= 3) return String(10 ** exponent);
  if (exponent === -1) return "0.1";
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => raised.charAt(Number(digit)));
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}
