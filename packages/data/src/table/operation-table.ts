import type { LayoutName } from "../layout/catalogue";
import { requireInteger } from "../requirement";
import { type EquationTask, equationTask, maxElements } from "../task/equation";

/** A binary operation as its table. */
export interface OperationTable {
  /** c for a and b, `[elements, elements]`; −1 where a pair has no answer. */
  readonly answers: Int32Array;
  readonly elements: number;
  /** What each element is called. */
  readonly symbols: readonly string[];
}

/** An entry: an element by number or by symbol, or null for none. */
type Entry = number | string | null;

/**
 * Checks a table of rows and makes it an operation: `rows[a][b]` is a ∘ b.
 *
 * @param rows as many as each has entries, 2 to 4096; an entry is an element's number or symbol, or
 *   null if the pair has no answer
 * @param symbols what the elements are called; their numbers by default
 * @throws RangeError that names the first row or entry that does not fit
 */
export function operationTable(
  rows: readonly (readonly Entry[])[],
  symbols?: readonly string[],
): OperationTable {
  const elements = requireInteger("The number of rows of a table", rows.length, 2, maxElements);
  const names = symbols ?? Array.from({ length: elements }, (_, i) => `${i}`);
  if (names.length !== elements || new Set(names).size !== elements) {
    throw new RangeError(
      `A table of ${elements} rows needs ${elements} different symbols, and has ${new Set(names).size} of ${names.length}.`,
    );
  }
  const numbers = new Map(names.map((name, number) => [name, number]));
  const answers = new Int32Array(elements * elements);
  for (const [a, row] of rows.entries()) {
    if (!Array.isArray(row) || row.length !== elements) {
      throw new RangeError(
        `Row ${a} of the table has ${Array.isArray(row) ? row.length : "no"} entries: it must have ${elements}, as many as there are rows.`,
      );
    }
    for (const [b, entry] of row.entries()) {
      const answer = entry === null ? -1 : typeof entry === "string" ? numbers.get(entry) : entry;
      if (answer === undefined || !Number.isInteger(answer) || answer < -1 || answer >= elements) {
        throw new RangeError(
          `Entry (${a}, ${b}) of the table is ${JSON.stringify(entry)}: it must be an element, ${names[0]} … ${names.at(-1)}, or empty.`,
        );
      }
      if (typeof entry === "number" && answer < 0) {
        throw new RangeError(
          `Entry (${a}, ${b}) of the table is ${answer}: elements count from 0.`,
        );
      }
      answers[a * elements + b] = answer;
    }
  }
  return { answers, elements, symbols: names };
}

/**
 * The table of a function of elements 0 … elements−1.
 *
 * ```ts
 * tableOf(5, (a, b) => Math.max(a, b)).answers[7]; // max(1, 2)
 * ```
 *
 * @throws RangeError as {@link operationTable}
 */
export function tableOf(
  elements: number,
  apply: (a: number, b: number) => number | null,
): OperationTable {
  requireInteger("The number of elements", elements, 2, maxElements);
  const range = Array.from({ length: elements }, (_, i) => i);
  return operationTable(range.map((a) => range.map((b) => apply(a, b))));
}

/** What {@link tableTask} takes. */
export interface TableTaskOptions {
  table: OperationTable;
  /** For people; default `"a∘b of a table of 10 elements"`. */
  name?: string;
  /** How an equation becomes tokens; `mlx` by default. */
  layout?: LayoutName;
}

/** The task of learning an operation that is given as its table, from part of it. */
export function tableTask({ table, name, layout }: TableTaskOptions): EquationTask {
  const { answers, elements } = table;
  return equationTask({
    name: name ?? `a∘b of a table of ${elements} elements`,
    elements,
    apply: (a, b) => {
      const answer = answers[a * elements + b] as number;
      return answer < 0 ? null : answer;
    },
    layout,
  });
}
