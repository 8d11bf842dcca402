import { checkMatrix, type Matrix } from "../matrix/matrix";
import type { CyclicGroup } from "./cyclic-group";

/** A network's answers to pairs of elements. */
export interface AnsweredPairs {
  /** [rows, classes] */
  readonly logits: Matrix;
  /** a and b of each row, as elements, [rows · 2]. */
  readonly pairs: Int32Array;
  /** The class of element 0; those of the others follow. Default 0. */
  readonly firstClass?: number;
}

/**
 * The logits on all pairs of a cyclic group, put in the order in which the right answer to (x, y) is
 * x + y mod n, whatever the operation: x is a's exponent, y is b's, or −b's where it is taken off.
 * Classes that are no element of the group are left out, as Nanda et al. leave out `=`.
 */
export interface PairLogits {
  /** n */
  readonly order: number;
  /** By x, y and answer, [n, n, n]. */
  readonly values: Float64Array;
  /** Which row of the answered pairs each (x, y) was, [n, n]. */
  readonly rows: Int32Array;
}

/**
 * Puts a network's answers to all pairs into the group's order.
 *
 * @param answered must hold every pair of the group's elements once; others (a division of 0) may
 *   stand between them
 * @throws RangeError if a pair is missing or there twice, where p does not match the elements or
 *   the classes, or where logits are not finite
 */
export function pairLogits(
  { logits, pairs, firstClass = 0 }: AnsweredPairs,
  { order: n, elements, sign }: CyclicGroup,
): PairLogits {
  checkMatrix(logits, "the logits");
  if (pairs.length !== 2 * logits.rows) {
    throw new RangeError(
      `${logits.rows} rows of logits need ${2 * logits.rows} operands, not ${pairs.length}`,
    );
  }
  const largest = elements.reduce((a, b) => Math.max(a, b));
  if (!Number.isInteger(firstClass) || firstClass < 0 || firstClass + largest >= logits.columns) {
    throw new RangeError(
      `elements up to ${largest}, the first being class ${firstClass}, do not fit ${logits.columns} classes`,
    );
  }
  const exponents = new Int32Array(largest + 1).fill(-1);
  for (const [x, element] of elements.entries()) exponents[element] = x;
  const rows = new Int32Array(n * n).fill(-1);
  for (let row = 0; row < logits.rows; row++) {
    const [a, b] = [pairs[2 * row] as number, pairs[2 * row + 1] as number];
    if (a < 0 || b < 0)
      throw new RangeError(`row ${row} is of the pair (${a}, ${b}): none is negative`);
    const x = exponents[a] ?? -1;
    const y = exponents[b] ?? -1;
    if (x < 0 || y < 0) continue;
    const at = x * n + (sign === 1 || y === 0 ? y : n - y);
    if ((rows[at] as number) >= 0) throw new RangeError(`the pair (${a}, ${b}) is there twice`);
    rows[at] = row;
  }
  const missing = rows.indexOf(-1);
  if (missing >= 0) {
    const y = missing % n;
    const a = elements[Math.floor(missing / n)];
    const b = elements[sign === 1 || y === 0 ? y : n - y];
    throw new RangeError(
      `the pair (${a}, ${b}) is not among the ${logits.rows} rows: all ${n * n} pairs are needed`,
    );
  }
  const values = new Float64Array(n * n * n);
  for (let i = 0; i < n * n; i++) {
    const from = (rows[i] as number) * logits.columns + firstClass;
    for (let z = 0; z < n; z++) {
      values[i * n + z] = logits.values[from + (elements[z] as number)] as number;
    }
  }
  return { order: n, values, rows };
}

/**
 * Which (x, y) are among some rows of the answered pairs, e.g. the examples trained on.
 *
 * @returns rising indices x·n + y; rows that take no part are left out
 */
export function pairsAmong({ rows }: PairLogits, chosen: Iterable<number>): Int32Array {
  const wanted = new Set(chosen);
  return Int32Array.from(rows.keys()).filter((i) => wanted.has(rows[i] as number));
}
