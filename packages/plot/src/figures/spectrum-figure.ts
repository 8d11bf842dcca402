import { ticks as linearTicks } from "d3-array";
import { COLOR_BAR_WIDTH, colorBar, colorScale } from "../axes/color-scale";
import { stepAxis } from "../axes/step-axis";
import { element } from "../element";
import type { StepSheetOptions } from "../layout/column-sheet";
import { ruleEntries } from "../layout/curve-panel";
import { panel } from "../layout/panel";
import { sheet } from "../layout/sheet";
import { cellPaths } from "../marks/cells";
import { milestoneRules } from "../marks/step-rule";
import { inOrder } from "./run-record";
import { checkLists, type ListRecord } from "./singular-value-figure";

/** The power per frequency of one thing over a run; index 0 is the constant, which is left out. */
export interface SpectrumSeries {
  /** What it is the spectrum of, above its panel. */
  readonly label: string;
  readonly records: readonly ListRecord[];
}

/** Columns of cells at most: a cell is then at least two pixels wide. */
const MAX_COLUMNS = 160;

/**
 * Fourier spectra over a run's steps, one panel for each: how large a share of the power, the
 * constant left out, each frequency holds, as a heat map of frequency by step, as an SVG file.
 *
 * @throws RangeError without series or records, or where a series' records differ in length
 */
export function spectrumFigure(
  series: readonly SpectrumSeries[],
  options: StepSheetOptions = {},
): string {
  const caller = "spectrumFigure";
  if (series.length === 0) throw new RangeError(`${caller}: there are no spectra to draw`);
  const drawn = series.map(({ label, records }) => {
    const ordered = inOrder(records, caller);
    checkLists(ordered, caller);
    const shares = ordered.map(({ step, values }) => ({ step, shares: sharesOf(values) }));
    return { label, records: shares };
  });
  const greatest = Math.max(
    ...drawn.flatMap(({ records }) => records.flatMap(({ shares }) => Math.max(...shares))),
  );
  const colors = colorScale(0, 100 * greatest, "root");
  const rules = milestoneRules(options.milestones, caller);
  return sheet(
    {
      ...options,
      columns: drawn.length === 1 ? 1 : 2,
      panelHeight: 330,
      legend: ruleEntries(rules),
      aside: { width: COLOR_BAR_WIDTH, draw: colorBar(colors, "share of the power (%)") },
      panels: drawn.map(({ label, records }) => {
        const steps = stepAxis(
          records.map(({ step }) => step),
          options.scale ?? "log",
        );
        const frequencies = records[0]?.shares.length as number;
        const ticks = linearTicks(1, frequencies, 8).filter((tick) => Number.isInteger(tick));
        return panel({
          title: label,
          grid: false,
          x: steps,
          y: {
            type: "linear",
            domain: [0.5, frequencies + 0.5],
            major: [...new Set([1, ...ticks.filter((tick) => tick >= 4)])],
            minor: [],
            format: String,
            label: "frequency k",
          },
          marks: (document, { x, y, left, right, top, bottom }) => {
            const { kept, edges } = columnsOf(
              records.map(({ step }) => x(steps.place(step))),
              left,
              right,
            );
            const cells = cellPaths(document, label, {
              columns: kept.length,
              rows: frequencies,
              colors: colors.colors,
              colorOf: (column, row) =>
                colors.shadeOf(
                  100 * (records[kept[column] as number]?.shares[frequencies - 1 - row] as number),
                ),
              left: (column) => edges[column] as number,
              top: (row) => y(frequencies - row + 0.5),
            });
            return [
              () => cells,
              rules.map(({ step, dash, label: name }) => () => {
                const at = Math.min(Math.max(x(steps.place(step)), left), right);
                return element(document, "line", {
                  x1: at,
                  x2: at,
                  y1: top,
                  y2: bottom,
                  stroke: "#ffffff",
                  "stroke-width": 1.25,
                  "stroke-dasharray": dash,
                  "aria-label": name,
                });
              }),
            ];
          },
        });
      }),
    },
    caller,
  );
}

/** Each frequency's share of the power, the constant left out; 0 if there is none. */
function sharesOf(power: readonly number[]): number[] {
  const parts = power.slice(1);
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => (total > 0 ? part / total : 0));
}

/** Which records have a column of cells, no two closer than a cell is wide, and the columns' edges. */
function columnsOf(
  positions: readonly number[],
  left: number,
  right: number,
): { kept: number[]; edges: number[] } {
  const least = (right - left) / MAX_COLUMNS;
  const kept: number[] = [];
  for (const [i, position] of positions.entries()) {
    const before = positions[kept.at(-1) as number];
    if (before === undefined || position - before >= least) kept.push(i);
  }
  const edges = kept.map((index, i) => {
    const before = kept[i - 1];
    return before === undefined
      ? left
      : ((positions[before] as number) + (positions[index] as number)) / 2;
  });
  return { kept, edges: [...edges, right] };
}
