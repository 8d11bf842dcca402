import { type StepAxis, type StepScale, stepAxis } from "./axes/step-axis";
import { inOrder, metricOf, type RunRecord } from "./figures/run-record";
import { scoreRecords } from "./figures/score-records";
import { CHARSETS, type Charset, textCell } from "./layout/text-cell";
import { DotGrid } from "./marks/dot-grid";
import { thinIndices } from "./marks/thin";

/** Settings of `textCurve`. */
export interface TextCurveOptions {
  /** Columns; default 72, at least 40. */
  readonly width?: number;
  /** Lines; default 14, at least 7. */
  readonly height?: number;
  /** How steps are spaced; default "log". */
  readonly scale?: StepScale;
  /** Plain ASCII instead of braille and box drawing; default false. */
  readonly ascii?: boolean;
  /** ANSI colours: training yellow, validation cyan; default false. */
  readonly color?: boolean;
}

const GUTTER = 5;

/**
 * Training and validation accuracy, or explained variance of values, drawn in text: exactly `height` lines of at most `width` columns
 * (colours not counted). Two by four braille dots to a character; training in every other dot,
 * validation in all, so that they differ without colour.
 *
 * @throws RangeError without records, for a step that is none, or if the size is too small.
 */
export function textCurve(records: readonly RunRecord[], options: TextCurveOptions = {}): string[] {
  const { width = 72, height = 14, scale = "log", ascii = false, color = false } = options;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width >= 40 && height >= 7)) {
    throw new RangeError(
      `textCurve: ${width} columns and ${height} lines are too few; it needs at least 40 and 7`,
    );
  }
  const { records: ordered } = scoreRecords(inOrder(records, "textCurve"));
  const axis = stepAxis(
    ordered.map(({ step }) => step),
    scale,
  );
  const charset = ascii ? CHARSETS.ascii : CHARSETS.unicode;
  const columns = width - GUTTER;
  const rows = height - 3;
  const draw = (metric: string, dotted: boolean) => {
    const grid = new DotGrid(columns * charset.cell.width, rows * charset.cell.height);
    drawCurve(grid, ordered, metric, axis, dotted);
    return grid;
  };
  const train = draw("train_acc", charset.dotted);
  const validation = draw("val_acc", false);

  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const label = row === 0 ? "100%" : row === rows - 1 ? "0%" : 2 * row === rows - 1 ? "50%" : "";
    let line = label.padStart(GUTTER - 1) + (label ? charset.tick : charset.side);
    for (let column = 0; column < columns; column++) {
      line += textCell(train, validation, column, row, charset, color);
    }
    lines.push(line.trimEnd());
  }
  lines.push(...stepLines(axis, columns, charset));
  lines.push(`${" ".repeat(GUTTER)}${charset.legend(color)}`);
  return lines;
}

/** Where a number of the axis lies, from 0 at its start to 1 at its end. */
function share(axis: StepAxis, value: number): number {
  const [low, high] = axis.domain;
  return axis.type === "log"
    ? Math.log(value / low) / Math.log(high / low)
    : (value - low) / (high - low);
}

function drawCurve(
  grid: DotGrid,
  records: readonly RunRecord[],
  metric: string,
  axis: StepAxis,
  dotted: boolean,
): void {
  const xs = records.map(({ step }) =>
    Math.round(share(axis, axis.place(step)) * (grid.width - 1)),
  );
  const values = records.map((record) => metricOf(record, metric));
  let previous: [number, number] | undefined;
  for (const i of thinIndices(xs, values)) {
    const value = values[i] as number;
    if (Number.isNaN(value)) {
      previous = undefined;
      continue;
    }
    const y = Math.round((1 - Math.min(1, Math.max(0, value))) * (grid.height - 1));
    const point: [number, number] = [xs[i] as number, y];
    grid.line(...(previous ?? point), ...point, dotted);
    previous = point;
  }
}

/** The axis of steps: a line with ticks, and under it as many of their labels as have room. */
function stepLines(axis: StepAxis, columns: number, charset: Charset): [string, string] {
  const line = Array.from({ length: columns }, () => charset.base);
  const labels = Array.from({ length: columns }, () => " ");
  let free = 0;
  for (const tick of axis.major) {
    const column = Math.round(share(axis, tick) * (columns - 1));
    const text = axis.format(tick);
    const start = Math.min(Math.max(0, column - (text.length >> 1)), columns - text.length);
    if (start < free) continue;
    line[column] = charset.baseTick;
    labels.splice(start, text.length, ...text.split(""));
    free = start + text.length + 1;
  }
  return [
    `${" ".repeat(GUTTER - 1)}${charset.corner}${line.join("")}`,
    `${" ".repeat(GUTTER)}${labels.join("")}`.trimEnd(),
  ];
}
