import type { Prefixes } from "./prefixes";

/** How the rows that a transformer's layer gives refer to the rows it is given. */
export interface LayerPlan {
  /** Input rows that become queries; absent for all of them, in order. */
  queryRows?: Int32Array;
  /**
   * Per output row, its query: a row of the queries, the sequence whose keys it attends to, and how
   * many of them, [rows · 3].
   */
  queries: Int32Array;
  /** Per sequence, the input row at each position, [sequences · depth]. */
  keyRows: Int32Array;
  depth: number;
  /** Per output row, the input row that it adds to; absent where it is the row of the same number. */
  residualRows?: Int32Array;
  /** Output rows. */
  rows: number;
}

/**
 * The plan of one layer.
 *
 * @param inputRows rows of the layer's input
 * @param inputAt the input row of each place, [sequences · depth]
 * @param outputs the prefixes that the layer is to give, by number; absent for all, in order
 */
export function planLayer(
  prefixes: Prefixes,
  inputRows: number,
  inputAt: Int32Array,
  outputs?: Int32Array,
): LayerPlan {
  const { depth, first } = prefixes;
  const rows = outputs?.length ?? prefixes.count;
  const residualRows = new Int32Array(rows);
  const queries = new Int32Array(3 * rows);
  /** The input rows that become queries, numbered in order of first appearance: 1 + number, and back. */
  const numbers = new Int32Array(inputRows);
  const queryRows = new Int32Array(inputRows);
  let count = 0;
  let isIdentity = rows === inputRows;
  for (let row = 0, at = 0; row < rows; row++, at += 3) {
    const place = first[outputs === undefined ? row : (outputs[row] as number)] as number;
    const input = inputAt[place] as number;
    const sequence = (place / depth) | 0;
    let number = numbers[input] as number;
    if (number === 0) {
      queryRows[count] = input;
      number = ++count;
      numbers[input] = number;
    }
    residualRows[row] = input;
    queries[at] = number - 1;
    queries[at + 1] = sequence;
    queries[at + 2] = place - sequence * depth + 1;
    isIdentity &&= input === row;
  }
  if (count < inputRows) {
    const used = queryRows.slice(0, count);
    return { queryRows: used, queries, keyRows: inputAt, depth, residualRows, rows };
  }
  // Projecting every input row is cheaper than gathering all of them in another order.
  for (let row = 0, at = 0; row < rows; row++, at += 3) queries[at] = residualRows[row] as number;
  if (isIdentity) return { queries, keyRows: inputAt, depth, rows };
  return { queries, keyRows: inputAt, depth, residualRows, rows };
}
