import { batchOf, featureShape } from "../task/batch-of";
import type { Dataset, FiniteTask } from "../task/task";
import { parseRows } from "./csv-rows";

/** What {@link csvTask} takes. */
export interface CsvTaskOptions {
  /** The file's text: a line of column names, then a line an example. */
  text: string;
  /** The column to predict; the last one by default. */
  target?: string;
  /**
   * Whether the target is one of several labels, or a number. By default a column of numbers of which
   * some is no whole number, or which has more than 100 different ones, is values.
   */
  answer?: "label" | "value";
  /** Whether each input column is shifted and scaled to mean 0 and deviation 1; default true. */
  standardize?: boolean;
  /** For people; default `"the column NAME of a table"`. */
  name?: string;
}

/** A task from a table of numbers. */
export interface CsvTask extends FiniteTask {
  /** The input columns' names. */
  readonly columns: readonly string[];
  /** The labels in the order of their classes; empty for values. */
  readonly labels: readonly string[];
}

/** Whole numbers are labels up to so many different ones. */
const maxGuessed = 100;

/** Above this, `classes` is a mistake more often than not. */
const maxLabels = 4096;

/**
 * Prediction of one column of a CSV file from its others, which are numbers.
 *
 * Inputs are standardized with the mean and deviation of all rows; a column that is always the same
 * is 0 then. Labels are classes in the order of their names, numbers by size.
 *
 * @throws RangeError that names the line and column that does not fit
 */
export function csvTask(options: CsvTaskOptions): CsvTask {
  const { text, standardize = true } = options;
  const [head = [], ...rows] = parseRows(text);
  if (head.length < 2 || rows.length < 2) {
    throw new RangeError(
      `A CSV file to learn from has a line of names of at least 2 columns and at least 2 examples; this has ${head.length} and ${rows.length}.`,
    );
  }
  const wanted = options.target ?? (head.at(-1) as string);
  const place = head.indexOf(wanted);
  if (place < 0 || new Set(head).size < head.length) {
    const names = head.map((name) => JSON.stringify(name)).join(", ");
    throw new RangeError(
      place < 0
        ? `There is no column "${wanted}" to predict: the columns are ${names}.`
        : `Columns must have different names: they are ${names}.`,
    );
  }
  for (const [i, row] of rows.entries()) {
    if (row.length !== head.length) {
      throw new RangeError(
        `Line ${i + 2} has ${row.length} cells: it must have ${head.length}, as the first line has.`,
      );
    }
  }
  const columns = head.filter((_, column) => column !== place);
  const inputs = head.flatMap((name, column) =>
    column === place ? [] : [rows.map((row, i) => numberOf(row[column] as string, i, name))],
  );
  const answers = rows.map((row) => row[place] as string);
  const isValue = (options.answer ?? guess(answers)) === "value";
  const size = rows.length;
  const features = new Float32Array(size * columns.length); // [size, columns]
  for (const [j, column] of inputs.entries()) {
    const { mean, std } = standardize ? moments(column) : { mean: 0, std: 1 };
    for (const [i, x] of column.entries()) features[i * columns.length + j] = (x - mean) / std;
  }
  const labels = isValue ? [] : labelsOf(answers, wanted);
  const shape = featureShape({
    features: columns.length,
    ...(isValue ? { values: 1 } : { classes: labels.length }),
  });
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const batch = batchOf({
    size,
    features,
    ...(isValue
      ? { targets: Float32Array.from(answers, (cell, i) => numberOf(cell, i, wanted)) }
      : { labels: Int32Array.from(answers, (cell) => numbers.get(cell) as number) }),
  });
  return {
    kind: "finite",
    name: options.name ?? `the column ${wanted} of a table`,
    chance: isValue ? null : 1 / labels.length,
    ...shape,
    columns,
    labels,
    dataset: (): Dataset => ({ ...shape, ...batch }),
  };
}

function numberOf(cell: string, row: number, column: string): number {
  const value = cell === "" ? Number.NaN : Number(cell);
  if (!Number.isFinite(value)) {
    throw new RangeError(
      `Line ${row + 2} has "${cell.slice(0, 40)}" in column "${column}": it must be a finite number.`,
    );
  }
  return value;
}

function guess(answers: readonly string[]): "label" | "value" {
  const numbers = answers.map((cell) => (cell === "" ? Number.NaN : Number(cell)));
  if (!numbers.every(Number.isFinite)) return "label";
  const few = new Set(numbers).size <= maxGuessed;
  return few && numbers.every(Number.isInteger) ? "label" : "value";
}

function labelsOf(answers: readonly string[], column: string): string[] {
  const labels = [...new Set(answers)];
  if (labels.includes("")) throw new RangeError(`Column "${column}" has an empty label.`);
  if (labels.length < 2 || labels.length > maxLabels) {
    throw new RangeError(
      `Column "${column}" has ${labels.length} different labels: allowed are 2 to ${maxLabels}.`,
    );
  }
  const areNumbers = labels.every((label) => Number.isFinite(Number(label)));
  return labels.sort(
    areNumbers ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  );
}

function moments(column: readonly number[]): { mean: number; std: number } {
  const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
  const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
  return { mean, std: Math.sqrt(variance) || 1 };
}
