import type { TaskShape } from "../task/task";

/** A token or label: always the same id, or an element of the equation shifted by `offset`. */
export type Cell = number | { readonly element: "a" | "b" | "c"; readonly offset: number };

/** How an equation a ∘ b = c becomes tokens and labels: a row of each, with its sizes. */
export interface Layout extends TaskShape {
  /** What each position holds; `length` of them. */
  readonly tokens: readonly Cell[];
  /** What is to be predicted at each of `answerPositions`. */
  readonly labels: readonly Cell[];
}

/** What a layout is made for. */
export interface Equation {
  /** The operation's name. */
  readonly operation: string;
  readonly set: "Z_p" | "S5";
  /** The modulus; layouts with a vocabulary for all operations use it for S5 too. */
  readonly p: number;
  /** How many elements a, b and c range over. */
  readonly elements: number;
}

/**
 * Writes equations into rows.
 *
 * @param cells one row
 * @param a,b,c the equations' elements, each `[size]`
 * @returns `[size, cells.length]`
 */
export function writeRows(
  cells: readonly Cell[],
  equations: { a: Int32Array; b: Int32Array; c: Int32Array },
): Int32Array {
  const size = equations.a.length;
  const rows = new Int32Array(size * cells.length);
  for (const [column, cell] of cells.entries()) {
    const values = typeof cell === "number" ? undefined : equations[cell.element];
    const offset = typeof cell === "number" ? cell : cell.offset;
    for (let i = 0; i < size; i++) {
      rows[i * cells.length + column] = offset + (values === undefined ? 0 : (values[i] as number));
    }
  }
  return rows;
}
