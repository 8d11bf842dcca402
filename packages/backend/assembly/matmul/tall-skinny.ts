import { at, share } from "../share";
import { madd, storeFirst } from "../simd";

// Products of many rows with a small matrix, as layers of a few features have them: there the tiles'
// packing, sharing out and edges cost more than the multiplications.

/** Rows of a tile. */
const ROWS: i32 = 6;
/** From this many rows on. */
const MIN_ROWS: i32 = 64;
const MAX_DEPTH: i32 = 32;
const MIN_COLUMNS: i32 = 4;
const MAX_COLUMNS: i32 = 16;

/** Whether `multiplyTallSkinny` is for a product of this size. */
export function isTallSkinny(m: i32, k: i32, n: i32): bool {
  return m >= MIN_ROWS && k > 0 && k <= MAX_DEPTH && n >= MIN_COLUMNS && n <= MAX_COLUMNS;
}

/**
 * This thread's rows of C = A·B + bias, or A·Bᵀ + bias; rows of C lie one after the other. `space`
 * has room for (k + 1)·64 bytes, and is this thread's.
 */
export function multiplyTallSkinny(
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  transposeB: bool,
  c: usize,
  bias: usize,
  m: i32,
  k: i32,
  n: i32,
  space: usize,
  thread: i32,
  threads: i32,
): void {
  const from = share(m, thread, threads);
  const to = share(m, thread + 1, threads);
  if (from == to) return;
  // From the last columns to the first: what a panel writes behind its row the first one writes again.
  for (let j = (n - 1) & ~7; j >= 0; j -= 8) {
    const width = min(n - j, 8);
    for (let row = -1; row < k; row++) {
      const target = space + (<usize>(row + 1) << 5);
      for (let column = 0; column < 8; column++) {
        let value: f32 = 0;
        if (column < width) {
          if (row >= 0) {
            value = load<f32>(
              transposeB ? at(b + <usize>(j + column) * bRow, row) : at(b + <usize>row * bRow, j + column),
            );
          } else if (bias) {
            value = load<f32>(at(bias, j + column));
          }
        }
        store<f32>(at(target, column), value);
      }
    }
    panel(a, aRow, space, c + (<usize>j << 2), <usize>n << 2, k, from, to, width);
  }
}

/**
 * Rows `from` to `to` of up to 8 columns of C. `packed` has the bias, then B's rows, each filled up to 8.
 * All rows but the last are written 8 wide, over what comes next: it is written later.
 */
function panel(a: usize, aRow: usize, packed: usize, c: usize, cRow: usize, k: i32, from: i32, to: i32, width: i32): void {
  const rest = packed + 32;
  const end = rest + (<usize>k << 5);
  let i = from;
  let x0 = a + <usize>from * aRow;
  let out = c + <usize>from * cRow;
  for (; i + ROWS < to; i += ROWS) {
    let c00 = v128.load(packed), c01 = v128.load(packed, 16);
    let c10 = c00, c11 = c01, c20 = c00, c21 = c01;
    let c30 = c00, c31 = c01, c40 = c00, c41 = c01;
    let c50 = c00, c51 = c01;
    let x1 = x0 + aRow, x2 = x1 + aRow, x3 = x2 + aRow, x4 = x3 + aRow, x5 = x4 + aRow;
    const next = x5 + aRow;
    for (let b = rest; b < end; b += 32) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load32_splat(x0);
      c00 = madd(x, b0, c00);
      c01 = madd(x, b1, c01);
      x = v128.load32_splat(x1);
      c10 = madd(x, b0, c10);
      c11 = madd(x, b1, c11);
      x = v128.load32_splat(x2);
      c20 = madd(x, b0, c20);
      c21 = madd(x, b1, c21);
      x = v128.load32_splat(x3);
      c30 = madd(x, b0, c30);
      c31 = madd(x, b1, c31);
      x = v128.load32_splat(x4);
      c40 = madd(x, b0, c40);
      c41 = madd(x, b1, c41);
      x = v128.load32_splat(x5);
      c50 = madd(x, b0, c50);
      c51 = madd(x, b1, c51);
      x0 += 4;
      x1 += 4;
      x2 += 4;
      x3 += 4;
      x4 += 4;
      x5 += 4;
    }
    x0 = next;
    v128.store(out, c00);
    v128.store(out, c01, 16);
    out += cRow;
    v128.store(out, c10);
    v128.store(out, c11, 16);
    out += cRow;
    v128.store(out, c20);
    v128.store(out, c21, 16);
    out += cRow;
    v128.store(out, c30);
    v128.store(out, c31, 16);
    out += cRow;
    v128.store(out, c40);
    v128.store(out, c41, 16);
    out += cRow;
    v128.store(out, c50);
    v128.store(out, c51, 16);
    out += cRow;
  }
  for (; i < to; i++) {
    let low = v128.load(packed), high = v128.load(packed, 16);
    let x = x0;
    for (let b = rest; b < end; b += 32, x += 4) {
      const value = v128.load32_splat(x);
      low = madd(value, v128.load(b), low);
      high = madd(value, v128.load(b, 16), high);
    }
    storeFirst(out, low, width);
    if (width > 4) storeFirst(out + 16, high, width - 4);
    x0 += aRow;
    out += cRow;
  }
}
