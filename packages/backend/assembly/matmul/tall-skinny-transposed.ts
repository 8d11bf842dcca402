import { madd } from "../simd";

/** A tile's rows: see `matmul.ts`. */
const ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
/** So many rows of A and B at a time: they stay in the first-level cache. */
const STRETCH: i32 = 128;

/** Whether a product Aᵀ·B is one for `multiplyTallSkinnyTransposed`. */
export function isTallSkinnyTransposed(m: i32, k: i32, n: i32): bool {
  return k >= 1024 && m <= 32 && n <= 32 && n >= 4;
}

/**
 * C (+)= Aᵀ·B for narrow A [k, m] and B [k, n] with very many rows, such as a small layer's gradient.
 * Nothing is packed: a stretch of whole rows fits the first-level cache as it lies. Columns that fill
 * no vector are computed in one that reaches back into their neighbours' columns.
 *
 * Every thread goes through all rows, for tiles of C of its own. An element is summed in the order of
 * the rows.
 */
export function multiplyTallSkinnyTransposed(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  thread: i32,
  threads: i32,
): void {
  const tall = (m + ROWS - 1) / ROWS;
  const height = (m + tall - 1) / tall;
  const step = n < 8 ? 4 : 8;
  const wide = (n + step - 1) / step;
  const tiles = tall * wide;
  const first = (tiles * thread) / threads;
  const end = (tiles * (thread + 1)) / threads;
  const aRow = <usize>m << 2;
  const bRow = <usize>n << 2;
  for (let start = 0; start < k; start += STRETCH) {
    const depth = min(STRETCH, k - start);
    for (let tile = first; tile < end; tile++) {
      const row = (tile / wide) * height;
      const column = (tile % wide) * step;
      // Of the columns from `from` on only those from `column` on are this tile's.
      const eight = min(step, n - column) > 4;
      const from = min(column, n - (eight ? 8 : 4));
      narrowTile(
        min(height, m - row),
        eight,
        a + <usize>start * aRow + (<usize>row << 2),
        aRow,
        b + <usize>start * bRow + (<usize>from << 2),
        bRow,
        depth,
        c + <usize>row * bRow + (<usize>from << 2),
        column - from,
        accumulate || start > 0,
      );
    }
  }
}

function narrowTile(
  rows: i32,
  wide: bool,
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  depth: i32,
  c: usize,
  skip: i32,
  accumulate: bool,
): void {
  if (wide) {
    switch (rows) {
      case 6: narrow6x8(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      case 5: narrow5x8(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      case 4: narrow4x8(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      case 3: narrow3x8(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      case 2: narrow2x8(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      default: narrow1x8(a, aRow, b, bRow, depth, c, skip, accumulate); break;
    }
  } else {
    switch (rows) {
      case 6: narrow6x4(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      case 5: narrow5x4(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      case 4: narrow4x4(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      case 3: narrow3x4(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      case 2: narrow2x4(a, aRow, b, bRow, depth, c, skip, accumulate); break;
      default: narrow1x4(a, aRow, b, bRow, depth, c, skip, accumulate); break;
    }
  }
}

function narrow1x8(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(1, true, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow2x8(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(2, true, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow3x8(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(3, true, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow4x8(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(4, true, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow5x8(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(5, true, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow6x8(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(6, true, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow1x4(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(1, false, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow2x4(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(2, false, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow3x4(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(3, false, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow4x4(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(4, false, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow5x4(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(5, false, a, aRow, b, bRow, depth, c, skip, accumulate);
}
function narrow6x4(a: usize, aRow: usize, b: usize, bRow: usize, depth: i32, c: usize, skip: i32, accumulate: bool): void {
  kernel(6, false, a, aRow, b, bRow, depth, c, skip, accumulate);
}

/** HEIGHT rows by 8 or (without WIDE) 4 columns of C, of which the first `skip` columns are not written. */
// @ts-ignore: decorator
@inline
function kernel(
  HEIGHT: i32,
  WIDE: bool,
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  depth: i32,
  c: usize,
  skip: i32,
  accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  if (accumulate) {
    let from = c;
    c00 = v128.load(from);
    if (WIDE) c01 = v128.load(from, 16);
    if (HEIGHT > 1) {
      from += bRow;
      c10 = v128.load(from);
      if (WIDE) c11 = v128.load(from, 16);
    }
    if (HEIGHT > 2) {
      from += bRow;
      c20 = v128.load(from);
      if (WIDE) c21 = v128.load(from, 16);
    }
    if (HEIGHT > 3) {
      from += bRow;
      c30 = v128.load(from);
      if (WIDE) c31 = v128.load(from, 16);
    }
    if (HEIGHT > 4) {
      from += bRow;
      c40 = v128.load(from);
      if (WIDE) c41 = v128.load(from, 16);
    }
    if (HEIGHT > 5) {
      from += bRow;
      c50 = v128.load(from);
      if (WIDE) c51 = v128.load(from, 16);
    }
  }
  let x: v128;
  for (let k = depth; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = WIDE ? v128.load(b, 16) : b0;
    x = v128.load32_splat(a, 0);
    c00 = madd(x, b0, c00);
    if (WIDE) c01 = madd(x, b1, c01);
    if (HEIGHT > 1) {
      x = v128.load32_splat(a, 4);
      c10 = madd(x, b0, c10);
      if (WIDE) c11 = madd(x, b1, c11);
    }
    if (HEIGHT > 2) {
      x = v128.load32_splat(a, 8);
      c20 = madd(x, b0, c20);
      if (WIDE) c21 = madd(x, b1, c21);
    }
    if (HEIGHT > 3) {
      x = v128.load32_splat(a, 12);
      c30 = madd(x, b0, c30);
      if (WIDE) c31 = madd(x, b1, c31);
    }
    if (HEIGHT > 4) {
      x = v128.load32_splat(a, 16);
      c40 = madd(x, b0, c40);
      if (WIDE) c41 = madd(x, b1, c41);
    }
    if (HEIGHT > 5) {
      x = v128.load32_splat(a, 20);
      c50 = madd(x, b0, c50);
      if (WIDE) c51 = madd(x, b1, c51);
    }
    a += aRow;
    b += bRow;
  }
  storeLast(c, c00, skip);
  if (WIDE) storeLast(c + 16, c01, skip - 4);
  if (HEIGHT > 1) {
    c += bRow;
    storeLast(c, c10, skip);
    if (WIDE) storeLast(c + 16, c11, skip - 4);
  }
  if (HEIGHT > 2) {
    c += bRow;
    storeLast(c, c20, skip);
    if (WIDE) storeLast(c + 16, c21, skip - 4);
  }
  if (HEIGHT > 3) {
    c += bRow;
    storeLast(c, c30, skip);
    if (WIDE) storeLast(c + 16, c31, skip - 4);
  }
  if (HEIGHT > 4) {
    c += bRow;
    storeLast(c, c40, skip);
    if (WIDE) storeLast(c + 16, c41, skip - 4);
  }
  if (HEIGHT > 5) {
    c += bRow;
    storeLast(c, c50, skip);
    if (WIDE) storeLast(c + 16, c51, skip - 4);
  }
}

/** Writes the lanes of a vector but the first `skip`. */
function storeLast(address: usize, value: v128, skip: i32): void {
  if (skip <= 0) {
    v128.store(address, value);
  } else {
    if (skip == 1) v128.store32_lane(address, value, 1, 4);
    if (skip <= 2) v128.store64_lane(address, value, 1, 8);
    if (skip == 3) v128.store32_lane(address, value, 3, 12);
  }
}
