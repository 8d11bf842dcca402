import { attend } from "./attend";
import { constants } from "./constants";
import { expBelow4 } from "./exponential";
import { firstQueryOf, PARTS, prepare, rowOf } from "./attention-tables-parts";
import { at, float, int, pointer } from "./share";
import { madd, storeFirst } from "./simd";
import { claim } from "./team";

// Attention for few distinct rows of q and k, which many queries share, in heads of at most 15: all
// that depends on a row of q and a row of k alone is computed once for the two.
//
// For a row x of q, E[k] = e^(x·k·scale − top) for all keys, and EV[k] = E[k]·[v[k], 1]; what a query
// gives is a sum of rows of EV, whose column e is the softmax's sum. A row has `vectors` vectors, so
// that there is room for it. The maximum is over all keys, also those that a query does not have: a
// query whose sum vanishes beside it, or that meets a NaN, is computed by itself.

/** A query whose sum is not above this is computed by itself, and its `inverses` entry is 0. */
const MIN_SUM: f32 = 1e-30;

/**
 * args: q, k, v, queries, keyRows, y, starts, order, exponents, inverses, turned, values, room,
 * n, nq, nk, depth, heads, e, padded, stride, scale
 *
 * `padded` is nk to a multiple of 8. For the gradient come out: `starts` [nq + 1] and `order` [n], the
 * queries by their row of q; `exponents` [heads, nq, padded]; `inverses` [heads, n], 1 ÷ sum or 0.
 * Working memory: `turned` [heads, e, padded] and `values` [heads, padded, 4·vectors]; in `room`, of
 * `stride` bytes for each thread, a table [padded, 4·vectors], a row of it, and `depth` floats.
 */
export function attentionTables(args: usize, thread: i32, threads: i32): void {
  const heads = int(args, 17);
  const e = int(args, 18);
  prepare(args, threads, true);
  if (e < 4) eachPart(1, args, thread, threads, heads);
  else if (e < 8) eachPart(2, args, thread, threads, heads);
  else if (e < 12) eachPart(3, args, thread, threads, heads);
  else eachPart(4, args, thread, threads, heads);
}

// @ts-ignore: decorator
@inline
function eachPart(vectors: i32, args: usize, thread: i32, threads: i32, heads: i32): void {
  const starts = pointer(args, 6);
  const n = int(args, 13);
  const nq = int(args, 14);
  const nk = int(args, 15);
  const depth = int(args, 16);
  const room = pointer(args, 12) + <usize>thread * <usize>int(args, 20);
  for (let piece = claim(threads); piece < heads * PARTS; piece = claim(threads)) {
    const h = piece / PARTS;
    const part = piece - h * PARTS;
    const to = firstQueryOf(part + 1, starts, n, nq, nk, depth);
    for (let i = firstQueryOf(part, starts, n, nq, nk, depth); i < to; i++) {
      const first = load<i32>(at(starts, i));
      const end = load<i32>(at(starts, i + 1));
      if (first < end) eachQuery(vectors, args, h, i, first, end, room);
    }
  }
}

/** Head h of the queries in places `first` to `end` of the order, all of row `row` of q. */
// @ts-ignore: decorator
@inline
function eachQuery(vectors: i32, args: usize, h: i32, row: i32, first: i32, end: i32, room: usize): void {
  const queries = pointer(args, 3);
  const keyRows = pointer(args, 4);
  const y = pointer(args, 5);
  const order = pointer(args, 7);
  const n = int(args, 13);
  const nq = int(args, 14);
  const depth = int(args, 16);
  const heads = int(args, 17);
  const e = int(args, 18);
  const padded = int(args, 19);
  const scale = float(args, 21);
  const k = pointer(args, 1);
  const v = pointer(args, 2);
  const width = heads * e;
  const x = at(pointer(args, 0), row * width + h * e);
  const exponents = at(pointer(args, 8), (h * nq + row) * padded);
  const inverses = at(pointer(args, 9), h * n);
  const turned = at(pointer(args, 10), h * e * padded);
  const exists = exponentiate(x, turned, exponents, e, int(args, 15), padded, scale);
  weigh(vectors, exponents, at(pointer(args, 11), h * padded * 4 * vectors), room, padded);
  const sum = room + (<usize>padded * <usize>(vectors << 4));
  for (let place = first; place < end; place++) {
    const i = load<i32>(at(order, place));
    const query = at(queries, 3 * i);
    const keys = at(keyRows, load<i32>(query, 4) * depth);
    const count = load<i32>(query, 8);
    const into = at(y, i * width + h * e);
    if (exists) {
      sumTable(vectors, room, keys, count, sum);
      const total = load<f32>(at(sum, e));
      if (total > MIN_SUM) {
        const inverse = <f32>1 / total;
        store<f32>(at(inverses, i), inverse);
        const factor = f32x4.splat(inverse);
        for (let c = 0; c < e; c += 4) {
          storeFirst(at(into, c), f32x4.mul(v128.load(at(sum, c)), factor), e - c);
        }
        continue;
      }
    }
    store<f32>(at(inverses, i), 0);
    const row = sum + (vectors << 4);
    attend(x, at(k, h * e), at(v, h * e), keys, count, row, into, e, width, scale, 0, depth);
  }
}

/** E of every key for the row `x` of q; whether they mean anything, which they do not beside a NaN. */
function exponentiate(x: usize, turned: usize, exponents: usize, e: i32, nk: i32, padded: i32, scale: f32): bool {
  const numbers = constants();
  const rowBytes = <usize>padded << 2;
  const least = f32x4.splat(-f32.MAX_VALUE);
  let highest = least;
  for (let j = 0; j < padded; j += 8) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let from = at(turned, j);
    for (let c = 0; c < e; c++, from += rowBytes) {
      const factor = v128.load32_splat(at(x, c));
      a = madd(factor, v128.load(from), a);
      b = madd(factor, v128.load(from, 16), b);
    }
    a = f32x4.mul(a, f32x4.splat(scale));
    b = f32x4.mul(b, f32x4.splat(scale));
    if (j + 8 > nk) {
      const left = i32x4.splat(nk - j);
      a = v128.bitselect(a, least, i32x4.gt_s(left, i32x4(0, 1, 2, 3)));
      b = v128.bitselect(b, least, i32x4.gt_s(left, i32x4(4, 5, 6, 7)));
    }
    v128.store(at(exponents, j), a);
    v128.store(at(exponents, j), b, 16);
    highest = f32x4.max(highest, f32x4.max(a, b));
  }
  const top = max(
    max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
    max(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
  );
  if (!isFinite(top)) {
    memory.fill(exponents, 0, rowBytes);
    return false;
  }
  const tops = f32x4.splat(top);
  for (let j = 0; j < padded; j += 8) {
    const each = at(exponents, j);
    v128.store(each, expBelow4(numbers, f32x4.sub(v128.load(each), tops)));
    v128.store(each, expBelow4(numbers, f32x4.sub(v128.load(each, 16), tops)), 16);
  }
  return true;
}

/** The table: each row of `values` times its exponent. */
// @ts-ignore: decorator
@inline
function weigh(vectors: i32, exponents: usize, values: usize, table: usize, padded: i32): void {
  for (let j = 0; j < padded; j++, values += vectors << 4, table += vectors << 4) {
    const weight = v128.load32_splat(at(exponents, j));
    v128.store(table, f32x4.mul(weight, v128.load(values)));
    if (vectors > 1) v128.store(table, f32x4.mul(weight, v128.load(values, 16)), 16);
    if (vectors > 2) v128.store(table, f32x4.mul(weight, v128.load(values, 32)), 32);
    if (vectors > 3) v128.store(table, f32x4.mul(weight, v128.load(values, 48)), 48);
  }
}

/** The sum of the rows `keys` of a table to `sum`, with four sums under way, or two of wide rows. */
// @ts-ignore: decorator
@inline
function sumTable(vectors: i32, table: usize, keys: usize, count: i32, sum: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
  let b0 = zero, b1 = zero, b2 = zero, b3 = zero;
  let j = 0;
  if (vectors <= 2) {
    for (; j + 4 <= count; j += 4, keys += 16) {
      const r0 = rowOf(vectors, table, keys, 0);
      const r1 = rowOf(vectors, table, keys, 4);
      const r2 = rowOf(vectors, table, keys, 8);
      const r3 = rowOf(vectors, table, keys, 12);
      a0 = f32x4.add(a0, v128.load(r0));
      a1 = f32x4.add(a1, v128.load(r1));
      a2 = f32x4.add(a2, v128.load(r2));
      a3 = f32x4.add(a3, v128.load(r3));
      if (vectors == 1) continue;
      b0 = f32x4.add(b0, v128.load(r0, 16));
      b1 = f32x4.add(b1, v128.load(r1, 16));
      b2 = f32x4.add(b2, v128.load(r2, 16));
      b3 = f32x4.add(b3, v128.load(r3, 16));
    }
    for (; j < count; j++, keys += 4) {
      const row = rowOf(vectors, table, keys, 0);
      a0 = f32x4.add(a0, v128.load(row));
      if (vectors > 1) b0 = f32x4.add(b0, v128.load(row, 16));
    }
    v128.store(sum, f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)));
    if (vectors > 1) v128.store(sum, f32x4.add(f32x4.add(b0, b1), f32x4.add(b2, b3)), 16);
    return;
  }
  // a and b are the sums of the even and of the odd places, by vector.
  for (; j + 2 <= count; j += 2, keys += 8) {
    const even = rowOf(vectors, table, keys, 0);
    const odd = rowOf(vectors, table, keys, 4);
    a0 = f32x4.add(a0, v128.load(even));
    a1 = f32x4.add(a1, v128.load(even, 16));
    a2 = f32x4.add(a2, v128.load(even, 32));
    if (vectors > 3) a3 = f32x4.add(a3, v128.load(even, 48));
    b0 = f32x4.add(b0, v128.load(odd));
    b1 = f32x4.add(b1, v128.load(odd, 16));
    b2 = f32x4.add(b2, v128.load(odd, 32));
    if (vectors > 3) b3 = f32x4.add(b3, v128.load(odd, 48));
  }
  if (j < count) {
    const row = rowOf(vectors, table, keys, 0);
    a0 = f32x4.add(a0, v128.load(row));
    a1 = f32x4.add(a1, v128.load(row, 16));
    a2 = f32x4.add(a2, v128.load(row, 32));
    if (vectors > 3) a3 = f32x4.add(a3, v128.load(row, 48));
  }
  v128.store(sum, f32x4.add(a0, b0));
  v128.store(sum, f32x4.add(a1, b1), 16);
  v128.store(sum, f32x4.add(a2, b2), 32);
  if (vectors > 3) v128.store(sum, f32x4.add(a3, b3), 48);
}
