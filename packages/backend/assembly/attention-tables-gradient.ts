import { attend } from "./attend";
import { firstQueryOf, KEY_BLOCK, PARTS, prepare, rowOf } from "./attention-tables-parts";
import { at, float, int, pointer } from "./share";
import { loadFirst, madd, storeFirst } from "./simd";
import { lanes } from "./sum";
import { barrier, claim } from "./team";

/**
 * The gradient of attention-tables.ts. For each row x of q, G[k] adds up [dy, −dy·y] ÷ sum of the
 * queries that have the key k; then, once for x and k: ds = scale·E·(G·[v, 1]), dv += E·G, dq += ds·k,
 * dk += ds·x.
 *
 * args: q, k, v, queries, keyRows, y, starts, order, exponents, inverses, turned, values, room,
 * n, nq, nk, depth, heads, e, padded, stride, dy, dq, dk, dv, sums, scale
 *
 * Working memory besides: `sums` has for each head and part dk [e, padded] and dv [padded, 4·vectors];
 * a thread's `room` has G [padded, 4·vectors], ds [padded], and 16 + 2·depth floats.
 */
export function attentionTablesGradient(args: usize, thread: i32, threads: i32): void {
  const e = int(args, 18);
  const vectors = (e >> 2) + 1;
  const room = pointer(args, 12) + <usize>thread * <usize>int(args, 20);
  memory.fill(room, 0, <usize>(int(args, 19) * vectors) << 4);
  prepare(args, threads, false);
  if (vectors == 1) eachPart(1, args, room, threads);
  else if (vectors == 2) eachPart(2, args, room, threads);
  else if (vectors == 3) eachPart(3, args, room, threads);
  else eachPart(4, args, room, threads);
  barrier(threads);
  const nk = int(args, 15);
  const blocks = (nk + KEY_BLOCK - 1) / KEY_BLOCK;
  for (let block = claim(threads); block < blocks; block = claim(threads)) {
    const from = block * KEY_BLOCK;
    addParts(args, vectors, from, min(from + KEY_BLOCK, nk));
  }
}

/** Where the sums of a part begin; dv's lie behind dk's. */
function sumsOf(args: usize, vectors: i32, piece: i32): usize {
  const padded = int(args, 19);
  return at(pointer(args, 25), piece * padded * (int(args, 18) + 4 * vectors));
}

// @ts-ignore: decorator
@inline
function eachPart(vectors: i32, args: usize, room: usize, threads: i32): void {
  const starts = pointer(args, 6);
  const n = int(args, 13);
  const nq = int(args, 14);
  const nk = int(args, 15);
  const depth = int(args, 16);
  const heads = int(args, 17);
  const e = int(args, 18);
  const padded = int(args, 19);
  for (let piece = claim(threads); piece < heads * PARTS; piece = claim(threads)) {
    const h = piece / PARTS;
    const part = piece - h * PARTS;
    const sums = sumsOf(args, vectors, piece);
    memory.fill(sums, 0, <usize>(padded * (e + 4 * vectors)) << 2);
    const to = firstQueryOf(part + 1, starts, n, nq, nk, depth);
    for (let row = firstQueryOf(part, starts, n, nq, nk, depth); row < to; row++) {
      eachQuery(vectors, args, h, row, room, sums, at(sums, e * padded));
    }
  }
}

/** Head h of all queries of row `row` of q. */
// @ts-ignore: decorator
@inline
function eachQuery(vectors: i32, args: usize, h: i32, row: i32, room: usize, dk: usize, dv: usize): void {
  const queries = pointer(args, 3);
  const keyRows = pointer(args, 4);
  const order = pointer(args, 7);
  const n = int(args, 13);
  const depth = int(args, 16);
  const heads = int(args, 17);
  const e = int(args, 18);
  const padded = int(args, 19);
  const width = heads * e;
  const dq = at(pointer(args, 22), row * width + h * e);
  memory.fill(dq, 0, <usize>e << 2);
  const first = load<i32>(at(pointer(args, 6), row));
  const end = load<i32>(at(pointer(args, 6), row + 1));
  if (first == end) return;
  const inverses = at(pointer(args, 9), h * n);
  for (let place = first; place < end; place++) {
    const i = load<i32>(at(order, place));
    const query = at(queries, 3 * i);
    const keys = at(keyRows, load<i32>(query, 4) * depth);
    const count = load<i32>(query, 8);
    const inverse = load<f32>(at(inverses, i));
    const column = i * width + h * e;
    if (inverse == 0) {
      alone(args, vectors, h, row, keys, count, at(pointer(args, 21), column), dq, dk, dv, room);
    } else {
      spread(vectors, at(pointer(args, 21), column), at(pointer(args, 5), column), inverse, keys, count, e, room);
    }
  }
  const slopes = room + (<usize>padded * <usize>(vectors << 4));
  const exponents = at(pointer(args, 8), (h * int(args, 14) + row) * padded);
  const values = at(pointer(args, 11), h * padded * 4 * vectors);
  gather(vectors, room, values, exponents, slopes, dv, padded, float(args, 26));
  const x = at(pointer(args, 0), row * width + h * e);
  const turned = at(pointer(args, 10), h * e * padded);
  for (let c = 0; c < e; c++) {
    const factor = v128.load32_splat(at(x, c));
    let key = at(turned, c * padded);
    let into = at(dk, c * padded);
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    for (let j = 0; j < padded; j += 8, key += 32, into += 32) {
      const s = v128.load(at(slopes, j));
      const t = v128.load(at(slopes, j), 16);
      a = madd(s, v128.load(key), a);
      b = madd(t, v128.load(key, 16), b);
      v128.store(into, madd(s, factor, v128.load(into)));
      v128.store(into, madd(t, factor, v128.load(into, 16)), 16);
    }
    store<f32>(at(dq, c), load<f32>(at(dq, c)) + lanes(f32x4.add(a, b)));
  }
}

/** Adds [dy, −dy·y] ÷ sum to the rows of G that a query's keys name. */
// @ts-ignore: decorator
@inline
function spread(vectors: i32, dy: usize, y: usize, inverse: f32, keys: usize, count: i32, e: i32, table: usize): void {
  const factor = f32x4.splat(inverse);
  let g0 = f32x4.splat(0), g1 = g0, g2 = g0;
  let along = f32x4.splat(0);
  if (vectors > 1) {
    g0 = v128.load(dy);
    along = f32x4.mul(g0, v128.load(y));
    g0 = f32x4.mul(g0, factor);
  }
  if (vectors > 2) {
    g1 = v128.load(dy, 16);
    along = madd(g1, v128.load(y, 16), along);
    g1 = f32x4.mul(g1, factor);
  }
  if (vectors > 3) {
    g2 = v128.load(dy, 32);
    along = madd(g2, v128.load(y, 32), along);
    g2 = f32x4.mul(g2, factor);
  }
  const last: usize = <usize>(vectors - 1) << 4;
  const left = e & 3;
  let g3 = f32x4.splat(0);
  if (left > 0) {
    g3 = loadFirst(dy + last, left);
    along = madd(g3, loadFirst(y + last, left), along);
    g3 = f32x4.mul(g3, factor);
  }
  const own = f32x4.splat(-lanes(along) * inverse);
  g3 = v128.bitselect(own, g3, i32x4.eq(i32x4(0, 1, 2, 3), i32x4.splat(left)));
  for (let j = 0; j < count; j++, keys += 4) {
    const row = rowOf(vectors, table, keys, 0);
    if (vectors > 1) v128.store(row, f32x4.add(v128.load(row), g0));
    if (vectors > 2) v128.store(row, f32x4.add(v128.load(row, 16), g1), 16);
    if (vectors > 3) v128.store(row, f32x4.add(v128.load(row, 32), g2), 32);
    v128.store(row + last, f32x4.add(v128.load(row + last), g3));
  }
}

/** From G and E to ds, and what they add to dv; clears G. */
// @ts-ignore: decorator
@inline
function gather(
  vectors: i32,
  table: usize,
  values: usize,
  exponents: usize,
  slopes: usize,
  dv: usize,
  padded: i32,
  scale: f32,
): void {
  const bytes = <usize>(vectors << 4);
  for (let j = 0; j < padded; j += 4, exponents += 16, slopes += 16) {
    const s0 = row(vectors, table, values, exponents, dv);
    const s1 = row(vectors, table + bytes, values + bytes, exponents + 4, dv + bytes);
    const s2 = row(vectors, table + 2 * bytes, values + 2 * bytes, exponents + 8, dv + 2 * bytes);
    const s3 = row(vectors, table + 3 * bytes, values + 3 * bytes, exponents + 12, dv + 3 * bytes);
    const a = f32x4.add(v128.shuffle<i32>(s0, s1, 0, 1, 4, 5), v128.shuffle<i32>(s0, s1, 2, 3, 6, 7));
    const b = f32x4.add(v128.shuffle<i32>(s2, s3, 0, 1, 4, 5), v128.shuffle<i32>(s2, s3, 2, 3, 6, 7));
    const s = f32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7));
    v128.store(slopes, f32x4.mul(f32x4.mul(s, v128.load(exponents)), f32x4.splat(scale)));
    table += 4 * bytes;
    values += 4 * bytes;
    dv += 4 * bytes;
  }
}

/** G·[v, 1] of a key by lanes; adds E·G to its dv, and clears its G. */
// @ts-ignore: decorator
@inline
function row(vectors: i32, table: usize, values: usize, exponent: usize, dv: usize): v128 {
  const weight = v128.load32_splat(exponent);
  const zero = f32x4.splat(0);
  let g = v128.load(table);
  let sum = f32x4.mul(g, v128.load(values));
  v128.store(dv, madd(weight, g, v128.load(dv)));
  v128.store(table, zero);
  if (vectors > 1) {
    g = v128.load(table, 16);
    sum = madd(g, v128.load(values, 16), sum);
    v128.store(dv, madd(weight, g, v128.load(dv, 16)), 16);
    v128.store(table, zero, 16);
  }
  if (vectors > 2) {
    g = v128.load(table, 32);
    sum = madd(g, v128.load(values, 32), sum);
    v128.store(dv, madd(weight, g, v128.load(dv, 32)), 32);
    v128.store(table, zero, 32);
  }
  if (vectors > 3) {
    g = v128.load(table, 48);
    sum = madd(g, v128.load(values, 48), sum);
    v128.store(dv, madd(weight, g, v128.load(dv, 48)), 48);
    v128.store(table, zero, 48);
  }
  return sum;
}

/** A query that was computed by itself: what it adds to dq, dk and dv. */
function alone(
  args: usize,
  vectors: i32,
  h: i32,
  row: i32,
  keys: usize,
  count: i32,
  dy: usize,
  dq: usize,
  dk: usize,
  dv: usize,
  room: usize,
): void {
  const depth = int(args, 16);
  const heads = int(args, 17);
  const e = int(args, 18);
  const padded = int(args, 19);
  const scale = float(args, 26);
  const width = heads * e;
  const x = at(pointer(args, 0), row * width + h * e);
  const k = at(pointer(args, 1), h * e);
  const v = at(pointer(args, 2), h * e);
  const y = at(room, padded * (4 * vectors + 1));
  const weights = at(y, 16);
  const slopes = at(weights, depth);
  attend(x, k, v, keys, count, weights, y, e, width, scale, 0, depth);
  let mean: f32 = 0;
  for (let j = 0; j < count; j++) {
    const value = at(v, load<i32>(at(keys, j)) * width);
    let slope: f32 = 0;
    for (let c = 0; c < e; c++) slope += load<f32>(at(dy, c)) * load<f32>(at(value, c));
    store<f32>(at(slopes, j), slope);
    mean += slope * load<f32>(at(weights, j));
  }
  for (let j = 0; j < count; j++) {
    const weight = load<f32>(at(weights, j));
    const ds = weight * (load<f32>(at(slopes, j)) - mean) * scale;
    const key = load<i32>(at(keys, j));
    for (let c = 0; c < e; c++) {
      add(at(dq, c), ds * load<f32>(at(k, key * width + c)));
      add(at(dk, c * padded + key), ds * load<f32>(at(x, c)));
      add(at(dv, key * 4 * vectors + c), weight * load<f32>(at(dy, c)));
    }
  }
}

// @ts-ignore: decorator
@inline
function add(address: usize, value: f32): void {
  store<f32>(address, load<f32>(address) + value);
}

/** Keys `from` to `to` of dk and dv, of all parts in order. */
function addParts(args: usize, vectors: i32, from: i32, to: i32): void {
  const heads = int(args, 17);
  const e = int(args, 18);
  const padded = int(args, 19);
  const partBytes = <usize>(padded * (e + 4 * vectors)) << 2;
  for (let h = 0; h < heads; h++) {
    const sums = sumsOf(args, vectors, h * PARTS);
    for (let c = 0; c < e; c++) {
      for (let j = from; j < to; j += 4) {
        let each = at(sums, c * padded + j);
        let sum = v128.load(each);
        for (let part = 1; part < PARTS; part++) sum = f32x4.add(sum, v128.load((each += partBytes)));
        const into = at(pointer(args, 23), (j * heads + h) * e + c);
        const width = <usize>(heads * e) << 2;
        v128.store32_lane(into, sum, 0);
        if (j + 1 < to) v128.store32_lane(into + width, sum, 1);
        if (j + 2 < to) v128.store32_lane(into + 2 * width, sum, 2);
        if (j + 3 < to) v128.store32_lane(into + 3 * width, sum, 3);
      }
    }
    for (let j = from; j < to; j++) {
      for (let c = 0; c < e; c += 4) {
        let each = at(sums, e * padded + j * 4 * vectors + c);
        let sum = v128.load(each);
        for (let part = 1; part < PARTS; part++) sum = f32x4.add(sum, v128.load((each += partBytes)));
        storeFirst(at(pointer(args, 24), (j * heads + h) * e + c), sum, e - c);
      }
    }
  }
}
