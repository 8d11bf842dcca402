import type * as tf from "@tensorflow/tfjs-core";
import type { WebgpuHost } from "./host";
import type { Value } from "./value";

/**
 * For each row of a table, the places of a list of indices that name it: the way back from a lookup.
 * With it a row's gradient is a sum in the list's order by a thread of its own, which needs no atomic
 * additions and gives the same bytes each time.
 *
 * @param indices rows of the table; negative ones name none
 * @returns [rows + 1 + places]: where each row's places begin, counted from the list's beginning, and
 *   where the last one's end; then the places
 */
export function placesByRow(indices: ArrayLike<number>, rows: number): Int32Array {
  const starts = new Int32Array(rows + 1);
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i] as number;
    if (row >= 0) starts[row + 1] = (starts[row + 1] as number) + 1;
  }
  for (let row = 0; row < rows; row++) {
    starts[row + 1] = (starts[row] as number) + (starts[row + 1] as number);
  }
  const table = new Int32Array(rows + 1 + (starts[rows] as number));
  table.set(starts);
  const next = starts.slice(0, rows);
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i] as number;
    if (row < 0) continue;
    table[rows + 1 + (next[row] as number)] = i;
    next[row] = (next[row] as number) + 1;
  }
  return table;
}

const tables = new WeakMap<object, { rows: number; table: Int32Array }>();

/** An index tensor's numbers. */
function numbersOf(host: WebgpuHost, indices: tf.TensorInfo): ArrayLike<number> {
  const numbers = host.memory.numbersOf(indices);
  if (numbers !== undefined) return numbers;
  throw new RangeError(
    "backend webgpu: the gradient of a lookup needs indices that were given as numbers, not computed",
  );
}

/**
 * {@link placesByRow} of an index tensor, on the device.
 *
 * @throws RangeError for indices that were computed on the device
 */
export function placesOf(host: WebgpuHost, indices: tf.TensorInfo, rows: number): Value {
  const { dataId } = indices as { dataId: object };
  let known = tables.get(dataId);
  if (known?.rows !== rows) {
    known = { rows, table: placesByRow(numbersOf(host, indices), rows) };
    tables.set(dataId, known);
  }
  return host.memory.staging.uploadOnce(known.table);
}

/**
 * {@link placesByRow} of the rows of q that attention's queries [n, 3] name: which queries each has.
 *
 * @throws RangeError for indices that were computed on the device
 */
export function queryPlacesOf(host: WebgpuHost, queries: tf.TensorInfo, rows: number): Value {
  const { dataId } = queries as { dataId: object };
  let known = tables.get(dataId);
  if (known?.rows !== rows) {
    const numbers = numbersOf(host, queries);
    const named = Int32Array.from(
      { length: numbers.length / 3 },
      (_, i) => numbers[3 * i] as number,
    );
    known = { rows, table: placesByRow(named, rows) };
    tables.set(dataId, known);
  }
  return host.memory.staging.uploadOnce(known.table);
}

const keyTables = new WeakMap<object, { rows: number; keyRows: object; table: Int32Array }>();

/**
 * {@link placesByRow} of the keys that attention's queries have, [n, depth], with the row of q at each
 * place behind it.
 *
 * @throws RangeError for indices that were computed on the device
 */
export function keyPlacesOf(
  host: WebgpuHost,
  keyRows: tf.TensorInfo,
  queries: tf.TensorInfo,
  rows: number,
): Value {
  const { dataId } = keyRows as { dataId: object };
  const queriesId = (queries as { dataId: object }).dataId;
  let known = keyTables.get(queriesId);
  if (known?.rows !== rows || known.keyRows !== dataId) {
    const depth = keyRows.shape[1] as number;
    const [asked, listed] = [numbersOf(host, queries), numbersOf(host, keyRows)];
    const keys = new Int32Array((asked.length / 3) * depth).fill(-1);
    for (let i = 0; 3 * i < asked.length; i++) {
      const list = (asked[3 * i + 1] as number) * depth;
      const count = asked[3 * i + 2] as number;
      for (let j = 0; j < count; j++) keys[i * depth + j] = listed[list + j] as number;
    }
    const places = placesByRow(keys, rows);
    const count = places[rows] as number;
    const table = new Int32Array(rows + 1 + 2 * count);
    table.set(places);
    for (let i = 0; i < count; i++) {
      const place = places[rows + 1 + i] as number;
      table[rows + 1 + count + i] = asked[3 * Math.floor(place / depth)] as number;
    }
    known = { rows, keyRows: dataId, table };
    keyTables.set(queriesId, known);
  }
  return host.memory.staging.uploadOnce(known.table);
}
