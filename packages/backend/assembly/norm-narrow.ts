import { NARROW_PARTS, partialColumns, partialRows, sumColumns, toColumns, toRows } from "./row-block";
import { apart, at, float, int, pointer, share } from "./share";
import { barrier, claim } from "./team";

/** The mean of each lane's row. */
// @ts-ignore: decorator
@inline
function meansOf(columns: usize, width: i32): v128 {
  let sum = f32x4.splat(0);
  for (let j = 0; j < width; j++) sum = f32x4.add(sum, v128.load(columns + (<usize>j << 4)));
  return f32x4.div(sum, f32x4.splat(<f32>width));
}

/** 1/√(mean((x − mean)²) + eps) of each lane's row. */
// @ts-ignore: decorator
@inline
function inversesOf(columns: usize, width: i32, means: v128, eps: f32): v128 {
  let sum = f32x4.splat(0);
  for (let j = 0; j < width; j++) {
    const d = f32x4.sub(v128.load(columns + (<usize>j << 4)), means);
    sum = f32x4.add(sum, f32x4.mul(d, d));
  }
  const variance = f32x4.div(sum, f32x4.splat(<f32>width));
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(eps))));
}

/** `norm` (assembly/norm.ts) of narrow rows, with a row in each lane. */
export function normNarrow(args: usize, thread: i32, threads: i32): void {
  const x = pointer(args, 0);
  const gain = pointer(args, 1);
  const bias = pointer(args, 2);
  const y = pointer(args, 3);
  const n = int(args, 4);
  const width = int(args, 5);
  const columns = pointer(args, 7) + <usize>thread * apart(<usize>width << 4);
  const eps = float(args, 8);
  const blocks = (n + 3) >> 2;
  const to = share(blocks, thread + 1, threads);
  for (let block = share(blocks, thread, threads); block < to; block++) {
    const first = block << 2;
    const rows = min(4, n - first);
    const from = at(x, first * width);
    if (rows == 4) toColumns(from, width, columns);
    else partialColumns(from, width, rows, true, columns);
    const means = int(args, 6) ? meansOf(columns, width) : f32x4.splat(0);
    const inverses = inversesOf(columns, width, means, eps);
    for (let j = 0; j < width; j++) {
      const column = columns + (<usize>j << 4);
      let value = f32x4.mul(f32x4.sub(v128.load(column), means), inverses);
      value = f32x4.mul(value, v128.load32_splat(at(gain, j)));
      if (bias) value = f32x4.add(value, v128.load32_splat(at(bias, j)));
      v128.store(column, value);
    }
    const into = at(y, first * width);
    if (rows == 4) toRows(columns, width, into);
    else partialRows(columns, width, rows, into);
  }
}

/**
 * `normGradient` of narrow rows, with a row in each lane. The sums of the columns are made in
 * NARROW_PARTS parts whatever the number of threads; `room` has two of a part's [width, 4] for each,
 * and two for each thread, each `apart`.
 */
export function normGradientNarrow(args: usize, thread: i32, threads: i32): void {
  const x = pointer(args, 0);
  const gain = pointer(args, 1);
  const dy = pointer(args, 2);
  const dx = pointer(args, 3);
  const dGain = pointer(args, 4);
  const dBias = pointer(args, 5);
  const room = pointer(args, 6);
  const n = int(args, 7);
  const width = int(args, 8);
  const centred = int(args, 9);
  const eps = float(args, 10);
  const bytes = apart(<usize>width << 4);
  const columns = room + <usize>(NARROW_PARTS + thread) * 2 * bytes;
  const given = columns + bytes;
  const blocks = (n + 3) >> 2;
  const wide = f32x4.splat(<f32>width);
  for (let part = claim(threads); part < NARROW_PARTS; part = claim(threads)) {
    const gains = room + <usize>part * bytes;
    const biases = room + <usize>(NARROW_PARTS + part) * bytes;
    memory.fill(gains, 0, bytes);
    memory.fill(biases, 0, bytes);
    const to = share(blocks, part + 1, NARROW_PARTS);
    for (let block = share(blocks, part, NARROW_PARTS); block < to; block++) {
      const first = block << 2;
      const rows = min(4, n - first);
      if (rows == 4) {
        toColumns(at(x, first * width), width, columns);
        toColumns(at(dy, first * width), width, given);
      } else {
        partialColumns(at(x, first * width), width, rows, true, columns);
        partialColumns(at(dy, first * width), width, rows, false, given);
      }
      const means = centred ? meansOf(columns, width) : f32x4.splat(0);
      const inverses = inversesOf(columns, width, means, eps);
      let sum = f32x4.splat(0);
      let product = f32x4.splat(0);
      for (let j = 0; j < width; j++) {
        const offset = <usize>j << 4;
        const slope = v128.load(given + offset);
        const normalised = f32x4.mul(f32x4.sub(v128.load(columns + offset), means), inverses);
        v128.store(gains + offset, f32x4.add(v128.load(gains + offset), f32x4.mul(slope, normalised)));
        v128.store(biases + offset, f32x4.add(v128.load(biases + offset), slope));
        const d = f32x4.mul(slope, v128.load32_splat(at(gain, j)));
        sum = f32x4.add(sum, d);
        product = f32x4.add(product, f32x4.mul(d, normalised));
        v128.store(columns + offset, normalised);
        v128.store(given + offset, d);
      }
      const meanD = centred ? f32x4.div(sum, wide) : f32x4.splat(0);
      const projection = f32x4.div(product, wide);
      for (let j = 0; j < width; j++) {
        const offset = <usize>j << 4;
        const normalised = v128.load(columns + offset);
        const inner = f32x4.sub(f32x4.sub(v128.load(given + offset), meanD), f32x4.mul(normalised, projection));
        v128.store(columns + offset, f32x4.mul(inner, inverses));
      }
      if (rows == 4) toRows(columns, width, at(dx, first * width));
      else partialRows(columns, width, rows, at(dx, first * width));
    }
  }
  barrier(threads);
  if (thread > 0) return;
  sumColumns(room, bytes, width, dGain);
  if (dBias) sumColumns(room + <usize>NARROW_PARTS * bytes, bytes, width, dBias);
}
