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
  let identity = rows === inputRows;
  for (let row = 0; row < rows; row++) {
    const place = first[outputs === undefined ? row : (outputs[row] as number)] as number;
    const input = inputAt[place] as number;
    const sequence = Math.floor(place / depth);
    residualRows[row] = input;
    queries[3 * row] = input;
    queries[3 * row + 1] = sequence;
    queries[3 * row + 2] = place - sequence * depth + 1;
    identity &&= input === row;
  }
  if (identity) return { queries, keyRows: inputAt, depth, rows };
  const queryRows = numberDistinct(queries, inputRows);
  return { queryRows, queries, keyRows: inputAt, depth, residualRows, rows };
}

/**
 * Numbers the input rows of `queries` in order of first appearance, in place.
 *
 * @returns the input row of each number, or undefined if all of them occur and none is renumbered:
 *   projecting every input row is cheaper than gathering all of them in another order
 */
function numberDistinct(queries: Int32Array, inputRows: number): Int32Array | undefined {
  const number = new Int32Array(inputRows).fill(-1);
  const inputs = new Int32Array(inputRows);
  let count = 0;
  for (let i = 0; i < queries.length; i += 3) {
    const input = queries[i] as number;
    if (number[input] === -1) {
      number[input] = count;
      inputs[count++] = input;
    }
  }
  if (count === inputRows) return undefined;
  for (let i = 0; i < queries.length; i += 3) {
    queries[i] = number[queries[i] as number] as number;
  }
  return inputs.slice(0, count);
}
