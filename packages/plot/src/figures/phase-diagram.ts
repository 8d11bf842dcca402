import { COLOR_BAR_WIDTH, colorBar, colorScale } from "../axes/color-scale";
import { fullCount, shortCount } from "../axes/number-format";
import { element } from "../element";
import { panel } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { textWidth } from "../layout/text-width";
import { cellPaths } from "../marks/cells";

/** The runs of a sweep at one point of two axes. */
export interface PhaseCell {
  readonly x: number | string;
  readonly y: number | string;
  /** The median step at which they grokked; null if it was not reached, as more than half of them never did. */
  readonly median: number | null;
  /** How many grokked, and of how many. */
  readonly grokked: number;
  readonly runs: number;
  /** How many failed, and so never grokked; default 0. */
  readonly failed?: number;
  /** How many of those that grokked learned at once, with no delay after memorising; default 0. */
  readonly atOnce?: number;
}

export interface PhaseDiagramOptions extends SheetOptions {
  /** What varies along each axis, with its unit. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** What the colours and the words in the cells measure, if not the median step of grokking. */
  readonly valueLabel?: string;
  /** Steps that runs were given, for the words on those that never grokked. */
  readonly steps?: number;
  readonly note?: string;
}

const NEVER = "#e4e4e4";
const HATCH = "#a8a8a8";
const NUMBER = { size: 12, weight: 600 } as const;
const COUNT = { size: 10.5 } as const;

/**
 * When runs grok over two axes, as an SVG file: each cell has the colour of its median step of
 * grokking, that step in words, and how many of its runs grokked. Where more than half never did there
 * is no median, and the cell is grey; where none did it is hatched. Points without runs are white.
 *
 * @throws RangeError without cells, where two cells are at one point, for a cell without runs or with
 *   more that grokked or failed than there are, or more that learned at once than grokked, and for a
 *   median that is not above 0
 */
export function phaseDiagram(cells: readonly PhaseCell[], options: PhaseDiagramOptions): string {
  const caller = "phaseDiagram";
  check(cells, caller);
  const xs = ordered(cells.map(({ x }) => x));
  const ys = ordered(cells.map(({ y }) => y));
  const at = new Map(cells.map((cell) => [`${xs.indexOf(cell.x)},${ys.indexOf(cell.y)}`, cell]));
  const medians = cells.flatMap(({ median }) => (median === null ? [] : [median]));
  const [low, high] = medians.length === 0 ? [1, 10] : [Math.min(...medians), Math.max(...medians)];
  const colors = colorScale(low, Math.max(high, 1.5 * low), "log");
  const shades = [...colors.colors, NEVER];
  const { xLabel, yLabel, valueLabel = "Median t_{grok} (steps)", steps } = options;
  const within = steps === undefined ? "" : ` within ${fullCount(steps)} steps`;
  return sheet(
    {
      ...options,
      columns: 1,
      panelHeight: Math.min(620, Math.max(220, 44 * ys.length + 60)),
      note:
        options.note ??
        `In each cell: the median step at which its runs grokked, and how many of them did${within}. Grey: more than half never did, so that there is no median; hatched: none did.${cells.some(({ failed = 0 }) => failed > 0) ? " A run that failed counts as one that never grokked." : ""}${cells.some(({ atOnce = 0 }) => atOnce > 0) ? " At once: with no delay, before twice the step at which the run had memorised." : ""}`,
      aside: { width: COLOR_BAR_WIDTH, draw: colorBar(colors, valueLabel) },
      panels: [
        panel({
          grid: false,
          x: pointAxis(xs, xLabel),
          y: pointAxis(ys, yLabel),
          marks: (document, { x, y }) => {
            const size = { width: x(0.5) - x(-0.5), height: y(-0.5) - y(0.5) };
            const top = (row: number) => y(ys.length - 0.5 - row);
            const cellAt = (column: number, row: number) =>
              at.get(`${column},${ys.length - 1 - row}`);
            return [
              () =>
                cellPaths(document, "cells", {
                  columns: xs.length,
                  rows: ys.length,
                  colors: shades,
                  colorOf: (column, row) => {
                    const cell = cellAt(column, row);
                    if (cell === undefined) return -1;
                    return cell.median === null ? shades.length - 1 : colors.shadeOf(cell.median);
                  },
                  left: (column) => x(column - 0.5),
                  top,
                }),
              ...cells.flatMap((cell) => {
                const centre = { x: x(xs.indexOf(cell.x)), y: y(ys.indexOf(cell.y)) };
                const isDark =
                  cell.median !== null && colors.shadeOf(cell.median) < 0.6 * colors.colors.length;
                const words = cellWords(document, cell, centre, size, isDark);
                const hatch = cell.grokked === 0 ? [hatching(document, centre, size)] : [];
                return [...hatch, ...words].map((node) => () => node);
              }),
            ];
          },
        }),
      ],
    },
    caller,
  );
}

function check(cells: readonly PhaseCell[], caller: string): void {
  if (cells.length === 0) throw new RangeError(`${caller}: there are no cells to draw`);
  const seen = new Set<string>();
  for (const { x, y, median, grokked, runs, failed = 0, atOnce = 0 } of cells) {
    const point = `${String(x)}, ${String(y)}`;
    if (seen.has(point)) throw new RangeError(`${caller}: two cells are at ${point}`);
    seen.add(point);
    if (!(Number.isInteger(runs) && runs >= 1 && grokked >= 0 && grokked <= runs)) {
      throw new RangeError(`${caller}: ${grokked} of ${runs} runs grokked at ${point}`);
    }
    if (!(Number.isInteger(failed) && failed >= 0 && grokked + failed <= runs)) {
      throw new RangeError(
        `${caller}: ${failed} of ${runs} runs failed at ${point}, and ${grokked} grokked`,
      );
    }
    if (!(Number.isInteger(atOnce) && atOnce >= 0 && atOnce <= grokked)) {
      throw new RangeError(`${caller}: ${atOnce} of ${grokked} runs learned at once at ${point}`);
    }
    if (median !== null && !(median > 0 && Number.isFinite(median))) {
      throw new RangeError(`${caller}: the median at ${point} is ${median}; it is a step above 0`);
    }
  }
}

/** Numbers by size, and words in the order in which they come. */
function ordered(values: readonly (number | string)[]): (number | string)[] {
  const unique = [...new Set(values)];
  return unique.every((value) => typeof value === "number")
    ? (unique as number[]).sort((a, b) => a - b)
    : unique;
}

/** An axis with a place for each value, evenly spaced. */
function pointAxis(values: readonly (number | string)[], label: string) {
  return {
    type: "linear" as const,
    domain: [-0.5, values.length - 0.5] as const,
    major: values.map((_, i) => i),
    minor: [],
    format: (i: number) => {
      const value = values[i] as number | string;
      return typeof value === "number" ? String(Number(value.toPrecision(3))) : value;
    },
    label,
  };
}

/** The median, the count and how many failed, as far as the cell has room for them. */
function cellWords(
  document: Document,
  { median, grokked, runs, failed = 0, atOnce = 0 }: PhaseCell,
  { x, y }: { x: number; y: number },
  { width, height }: { width: number; height: number },
  isDark: boolean,
): SVGElement[] {
  const lines = [
    ...(median === null
      ? []
      : [{ text: shortCount(Number(median.toPrecision(3))), style: NUMBER, height: 16 }]),
    { text: `${grokked}/${runs}`, style: COUNT, height: 14 },
    ...(failed === 0 ? [] : [{ text: `${failed} failed`, style: COUNT, height: 13 }]),
    ...(atOnce === 0 ? [] : [{ text: `${atOnce} at once`, style: COUNT, height: 13 }]),
  ];
  // The first that does not fit ends them: what comes after it matters less.
  const room = lines.findIndex(
    ({ text, style }, i) => textWidth(text, style) > width - 4 || (i + 1) * 14 > height - 2,
  );
  const shown = room < 0 ? lines : lines.slice(0, room);
  const total = shown.reduce((sum, line) => sum + line.height, 0);
  let bottom = y - total / 2;
  return shown.map(({ text, style, height: own }) => {
    bottom += own;
    return element(
      document,
      "text",
      {
        x,
        y: bottom - 3,
        fill: isDark ? "#ffffff" : "#000000",
        "font-size": style.size,
        "font-weight": "weight" in style ? style.weight : undefined,
      },
      text,
    );
  });
}

/** Thin slanted lines at the edges of a cell, which leave its words readable. */
function hatching(
  document: Document,
  { x, y }: { x: number; y: number },
  { width, height }: { width: number; height: number },
): SVGElement {
  const [left, right, top, bottom] = [x - width / 2, x + width / 2, y - height / 2, y + height / 2];
  const pieces: string[] = [];
  const gap = 9;
  // Lines x + y = sum, cut at the cell's edges.
  for (let sum = Math.ceil((left + top) / gap) * gap; sum < right + bottom; sum += gap) {
    const from = Math.max(left, sum - bottom);
    const to = Math.min(right, sum - top);
    if (to > from) pieces.push(`M${from} ${sum - from}L${to} ${sum - to}`);
  }
  return element(document, "path", {
    d: pieces.join(""),
    stroke: HATCH,
    "stroke-width": 0.7,
    fill: "none",
    "aria-label": "never grokked",
  });
}
