import * as Plot from "@observablehq/plot";
import { fullCount } from "../axes/number-format";
import { INK } from "../axes/palette";
import { element } from "../element";
import type { Box, PanelDrawing } from "../layout/panel";
import { type SheetOptions, sheet } from "../layout/sheet";
import { textWidth } from "../layout/text-width";
import { cellPaths } from "../marks/cells";
import { checkMoments, type Moment, momentTitle } from "./moment";

/** One parameter's values at one step. */
export interface WeightValues {
  /** As @grok/models calls it. */
  readonly name: string;
  /** One side or two. */
  readonly shape: readonly number[];
  /** Row by row. */
  readonly values: ArrayLike<number>;
}

/** All parameters of a network at one step. */
export interface WeightMoment extends Moment {
  readonly weights: readonly WeightValues[];
}

export interface WeightsFigureOptions extends SheetOptions {
  readonly note?: string;
  /**
   * The size of the strongest colour, by parameter; by default the largest size that it has at any of
   * the moments. To draw the frames of a film one by one, give each the limits of all:
   * {@link weightLimits}.
   */
  readonly limits?: Readonly<Record<string, number>>;
}

const SHADES = 33;
const LABEL = { size: 10.5 } as const;
const STEP = { size: 11 } as const;
const GAP = 7;
const STRIP_GAP = 8;
const LARGEST_CELL = 9;

/**
 * Every weight of a small network at several moments of a run, as an SVG file: a row for each moment,
 * a block of coloured cells for each parameter, longer than high. Features that appear keep their
 * place, so that one sees them grow.
 *
 * @throws RangeError without moments, where parameters differ between moments or do not fit their
 * shapes, and for more cells in a row than there are pixels
 */
export function weightsFigure(
  moments: readonly WeightMoment[],
  { limits: given = {}, note, ...options }: WeightsFigureOptions = {},
): string {
  const caller = "weightsFigure";
  checkMoments(moments, caller);
  checkWeights(moments, caller);
  const first = (moments[0] as WeightMoment).weights;
  const limits = { ...weightLimits(moments), ...given };
  const height = Math.max(1, ...first.map(({ shape }) => Math.min(...pair(shape))));
  const blocks = first.map(({ name, shape }) => ({
    name,
    label: `${shortName(name)} ±${Number((limits[name] as number).toPrecision(2))}`,
    ...sidesOf(shape, height),
  }));
  const room = 8 + Math.max(...moments.map((moment) => textWidth(momentTitle(moment), STEP)));
  const units = blocks.reduce((sum, { columns }) => sum + columns, 0);
  const inner = (options.width ?? 720) - 24 - room - (blocks.length - 1) * GAP;
  const cell = Math.min(LARGEST_CELL, inner / units);
  if (!(cell >= 1)) {
    throw new RangeError(
      `${caller}: ${units} cells in a row are more than ${Math.max(0, Math.floor(inner))} pixels can show`,
    );
  }
  const stripHeight = Math.max(cell * Math.max(...blocks.map(({ rows }) => rows)), 14);
  const header = 8 + Math.max(...blocks.map(({ label }) => textWidth(label, LABEL)));
  const colors = divergingColors();
  const draw: PanelDrawing = (document, { x, y }: Box) =>
    element(
      document,
      "g",
      { transform: `translate(${x},${y})`, "aria-label": "weights" },
      ...placed(blocks, room, cell).map(({ label, left, columns }) =>
        element(
          document,
          "text",
          {
            transform: `translate(${left + (columns * cell) / 2 + 4},${header - 5}) rotate(-90)`,
            "font-size": LABEL.size,
            "text-anchor": "start",
          },
          label,
        ),
      ),
      ...moments.flatMap((moment, row) => {
        const top = header + row * (stripHeight + STRIP_GAP);
        const title = element(
          document,
          "text",
          { x: 0, y: top + stripHeight / 2 + 4, "font-size": STEP.size, "text-anchor": "start" },
          momentTitle(moment),
        );
        const strips = placed(blocks, room, cell).map((block, i) => {
          const { values } = moment.weights[i] as WeightValues;
          return element(
            document,
            "g",
            { "aria-label": `${block.name}, step ${fullCount(moment.step)}` },
            element(document, "rect", {
              x: block.left,
              y: top,
              width: block.columns * cell,
              height: block.rows * cell,
              fill: "none",
              stroke: INK.level,
              "stroke-width": 0.5,
            }),
            cellPaths(document, block.name, {
              columns: block.columns,
              rows: block.rows,
              colors,
              colorOf: (column, at) => {
                const value = values[block.placeOf(column, at)] as number;
                return shadeOf(value, limits[block.name] as number);
              },
              left: (column) => block.left + column * cell,
              top: (at) => top + at * cell,
            }),
          );
        });
        return [title, ...strips];
      }),
    );
  return sheet(
    {
      ...options,
      columns: 1,
      panelHeight: header + moments.length * (stripHeight + STRIP_GAP) - STRIP_GAP,
      panels: [draw],
      note:
        note ??
        "A cell is a weight, red above zero and blue below; each block has its own scale, whose end stands over it. Matrices lie on their longer side.",
    },
    caller,
  );
}

/** The largest size that each parameter has at any of some moments; 1 for one that is always zero. */
export function weightLimits(moments: readonly WeightMoment[]): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const { weights } of moments) {
    for (const { name, values } of weights) {
      let largest = limits[name] ?? 0;
      for (let i = 0; i < values.length; i++) {
        const size = Math.abs(values[i] as number);
        if (Number.isFinite(size) && size > largest) largest = size;
      }
      limits[name] = largest;
    }
  }
  return Object.fromEntries(Object.entries(limits).map(([name, size]) => [name, size || 1]));
}

interface Sides {
  rows: number;
  columns: number;
  /** The place of a cell among the values. */
  placeOf: (column: number, row: number) => number;
}

function pair(shape: readonly number[]): [height: number, width: number] {
  const [height = 1, width = 1] = shape;
  return [height, width];
}

/** A matrix on its longer side; a vector as a column where it is no higher than the matrices. */
function sidesOf(shape: readonly number[], max: number): Sides {
  const [height, width] = pair(shape);
  const isTurned = shape.length > 1 ? height > width : height > max;
  return isTurned
    ? { rows: width, columns: height, placeOf: (column, row) => column * width + row }
    : { rows: height, columns: width, placeOf: (column, row) => row * width + column };
}

function placed<B extends { columns: number }>(blocks: readonly B[], room: number, cell: number) {
  let left = room;
  return blocks.map((block) => {
    const at = { ...block, left };
    left += block.columns * cell + GAP;
    return at;
  });
}

/** Blue, white, red (RdBu of ColorBrewer), which every colour blindness tells apart. */
function divergingColors(): string[] {
  const scale = Plot.scale({ color: { type: "linear", scheme: "rdbu", domain: [1, -1] } });
  return Array.from(
    { length: SHADES },
    (_, i) => scale.apply((2 * i) / (SHADES - 1) - 1) as string,
  );
}

function shadeOf(value: number, limit: number): number {
  if (!Number.isFinite(value)) return -1;
  const share = Math.min(Math.max(value / limit, -1), 1);
  return Math.round(((share + 1) / 2) * (SHADES - 1));
}

/** `layers.0.attention.query.weight` is `0 attention query`. */
function shortName(name: string): string {
  return name
    .replace(/^layers\./, "")
    .replace(/\.weight$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(".", " ")
    .toLowerCase();
}

function checkWeights(moments: readonly WeightMoment[], caller: string): void {
  const [first] = moments;
  const names = (moment: WeightMoment | undefined) =>
    moment?.weights.map(({ name, shape }) => `${name} [${shape.join(", ")}]`).join(", ") ?? "";
  if (first === undefined || first.weights.length === 0) {
    throw new RangeError(`${caller}: there are no weights to draw`);
  }
  for (const moment of moments) {
    if (names(moment) !== names(first)) {
      throw new RangeError(
        `${caller}: step ${moment.step} has other parameters than step ${first.step}`,
      );
    }
    for (const { name, shape, values } of moment.weights) {
      const size = shape.reduce((product, side) => product * side, 1);
      if (shape.length < 1 || shape.length > 2 || size !== values.length || size === 0) {
        throw new RangeError(
          `${caller}: ${name} has ${values.length} values at step ${moment.step}, and the shape [${shape.join(", ")}]`,
        );
      }
    }
  }
}
