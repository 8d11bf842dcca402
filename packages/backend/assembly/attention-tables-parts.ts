import { at, int, pointer } from "./share";
import { barrier, claim } from "./team";

/**
 * Into how many parts the rows of q are divided, whatever the number of threads: each has its own sums
 * for the gradients of k and v, which are added up in order.
 */
export const PARTS: i32 = 8;

/** Keys that are packed, or whose gradients are added up, at a time. */
export const KEY_BLOCK: i32 = 64;

/** Packs keys and values and, if asked, orders the queries. */
export function prepare(args: usize, threads: i32, ordering: bool): void {
  const nk = int(args, 15);
  const heads = int(args, 17);
  const e = int(args, 18);
  const padded = int(args, 19);
  const vectors = (e >> 2) + 1;
  const blocks = (padded + KEY_BLOCK - 1) / KEY_BLOCK;
  const first = ordering ? 1 : 0;
  for (let piece = claim(threads); piece < first + blocks; piece = claim(threads)) {
    if (piece < first) {
      orderByQuery(pointer(args, 3), pointer(args, 6), pointer(args, 7), int(args, 13), int(args, 14));
      continue;
    }
    const from = (piece - first) * KEY_BLOCK;
    const to = min(from + KEY_BLOCK, padded);
    for (let h = 0; h < heads; h++) {
      turnKeys(pointer(args, 1), pointer(args, 10), nk, padded, heads, e, h, from, to);
      widenValues(pointer(args, 2), pointer(args, 11), nk, padded, heads, e, vectors, h, from, to);
    }
  }
  barrier(threads);
}

/** Counting sort of the queries by their row of q. */
function orderByQuery(queries: usize, starts: usize, order: usize, n: i32, nq: i32): void {
  memory.fill(starts, 0, (<usize>nq + 1) << 2);
  for (let i = 0; i < n; i++) {
    const row = at(starts, load<i32>(at(queries, 3 * i)) + 1);
    store<i32>(row, load<i32>(row) + 1);
  }
  // Each row's end, in the place of its beginning, until its queries are placed from the last on.
  for (let row = 0; row < nq; row++) {
    const end = at(starts, row + 1);
    store<i32>(end, load<i32>(end) + load<i32>(at(starts, row)));
  }
  for (let row = 0; row < nq; row++) store<i32>(at(starts, row), load<i32>(at(starts, row + 1)));
  for (let i = n - 1; i >= 0; i--) {
    const row = at(starts, load<i32>(at(queries, 3 * i)));
    const place = load<i32>(row) - 1;
    store<i32>(row, place);
    store<i32>(at(order, place), i);
  }
}

/** The first row of q of a part, so that parts have about the same work. */
export function firstQueryOf(part: i32, starts: usize, n: i32, nq: i32, nk: i32, depth: i32): i32 {
  if (part == PARTS) return nq;
  // A row of q asks for its table, and each of its queries for `depth` rows of it.
  const total = <i64>n * depth + <i64>nq * nk * 4;
  const before = (total * part) / PARTS;
  let row = 0;
  while (row < nq && <i64>load<i32>(at(starts, row)) * depth + <i64>row * nk * 4 < before) row++;
  return row;
}

/** Keys `from` to `to` of head h with a row for each column, and zeros after the last. */
function turnKeys(k: usize, turned: usize, nk: i32, padded: i32, heads: i32, e: i32, h: i32, from: i32, to: i32): void {
  for (let c = 0; c < e; c++) {
    const row = at(turned, (h * e + c) * padded);
    for (let j = from; j < to; j++) {
      store<f32>(at(row, j), j < nk ? load<f32>(at(k, (j * heads + h) * e + c)) : 0);
    }
  }
}

/** Values `from` to `to` of head h in whole vectors: behind the e columns a one, then zeros. */
function widenValues(
  v: usize,
  values: usize,
  nk: i32,
  padded: i32,
  heads: i32,
  e: i32,
  vectors: i32,
  h: i32,
  from: i32,
  to: i32,
): void {
  for (let j = from; j < to; j++) {
    const row = at(values, (h * padded + j) * 4 * vectors);
    for (let c = 0; c < 4 * vectors; c++) {
      const value = c < e && j < nk ? load<f32>(at(v, (j * heads + h) * e + c)) : <f32>(c == e ? 1 : 0);
      store<f32>(at(row, c), value);
    }
  }
}

/** The row of a table of `vectors` vectors that the key at `keys` + `offset` bytes names. */
// @ts-ignore: decorator
@inline
export function rowOf(vectors: i32, table: usize, keys: usize, offset: usize): usize {
  return table + <usize>load<u32>(keys + offset) * <usize>(vectors << 4);
}
