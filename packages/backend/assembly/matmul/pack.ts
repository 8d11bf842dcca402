import { loadFirst, storeFirst } from "../simd";

// Copies of blocks of A and B in the order in which the kernels read them.

/**
 * Packs `panels` full panels of B, each 8 wide and k-major, one after the other; B's rows are `row`
 * bytes apart. Four at a time: at a depth that is a power of two more of them would write to the same
 * sets of the cache, and fewer read parts of its lines.
 */
export function packPanels(to: usize, from: usize, row: usize, depth: i32, panels: i32): void {
  const bytes = <usize>depth << 5;
  for (; panels >= 4; panels -= 4) {
    packFourPanels(to, from, row, depth);
    to += bytes << 2;
    from += 128;
  }
  for (; panels > 0; panels--) {
    let at = from;
    for (let out = to, end = to + bytes; out < end; out += 32) {
      v128.store(out, v128.load(at));
      v128.store(out, v128.load(at, 16), 16);
      at += row;
    }
    to += bytes;
    from += 32;
  }
}

function packFourPanels(to: usize, from: usize, row: usize, depth: i32): void {
  const bytes = <usize>depth << 5;
  const to1 = to + bytes, to2 = to1 + bytes, to3 = to2 + bytes;
  for (let at: usize = 0; at < bytes; at += 32) {
    const a0 = v128.load(from), a1 = v128.load(from, 16);
    const b0 = v128.load(from, 32), b1 = v128.load(from, 48);
    const c0 = v128.load(from, 64), c1 = v128.load(from, 80);
    const d0 = v128.load(from, 96), d1 = v128.load(from, 112);
    v128.store(to + at, a0);
    v128.store(to + at, a1, 16);
    v128.store(to1 + at, b0);
    v128.store(to1 + at, b1, 16);
    v128.store(to2 + at, c0);
    v128.store(to2 + at, c1, 16);
    v128.store(to3 + at, d0);
    v128.store(to3 + at, d1, 16);
    from += row;
  }
}

/** Packs a panel of which `width` (1 to 7) columns exist, 4 wide for up to 4, with zeros behind them. */
export function packPart(to: usize, from: usize, row: usize, depth: i32, width: i32): void {
  if (width > 4) {
    for (let k = 0; k < depth; k++) {
      v128.store(to, v128.load(from));
      v128.store(to, loadFirst(from + 16, width - 4), 16);
      from += row;
      to += 32;
    }
  } else {
    for (let k = 0; k < depth; k++) {
      v128.store(to, loadFirst(from, width));
      from += row;
      to += 16;
    }
  }
}

/** Packs one column. */
export function packColumn(to: usize, from: usize, row: usize, depth: i32): void {
  for (let k = 0; k < depth; k++) {
    store<f32>(to, load<f32>(from));
    from += row;
    to += 4;
  }
}

/**
 * Packs a panel (8 wide, or 4 for a `width` up to 4) of a transposed B, where k runs along the rows,
 * and two columns are `row` bytes apart.
 */
export function packTransposed(to: usize, from: usize, row: usize, depth: i32, width: i32): void {
  let k = 0;
  if (width == 8) {
    for (; k + 4 <= depth; k += 4) {
      const at = from + (<usize>k << 2);
      const out = to + (<usize>k << 5);
      packSquare(out, 32, at, row);
      packSquare(out + 16, 32, at + 4 * row, row);
    }
    if (k == depth) return;
  }
  const bytes: usize = width > 4 ? 32 : 16;
  const start = from + (<usize>k << 2);
  const into = to + <usize>k * bytes;
  packFour(into, bytes, start, row, depth - k, min(width, 4));
  if (width > 4) packFour(into + 16, bytes, start + 4 * row, row, depth - k, width - 4);
}

/** Four columns of a panel for four k, transposed in registers. */
// @ts-ignore: decorator
@inline
function packSquare(to: usize, bytes: usize, from: usize, row: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + row);
  const r2 = v128.load(from + 2 * row);
  const r3 = v128.load(from + 3 * row);
  const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
  v128.store(to + bytes, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
  v128.store(to + 2 * bytes, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
  v128.store(to + 3 * bytes, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
}

/** Up to four columns of a panel, transposed in registers four k at a time. */
function packFour(to: usize, bytes: usize, from: usize, row: usize, depth: i32, width: i32): void {
  const zero = f32x4.splat(0);
  const from1 = from + row, from2 = from1 + row, from3 = from2 + row;
  for (let k = 0; k < depth; k += 4) {
    const at = <usize>k << 2;
    const left = depth - k;
    const r0 = loadFirst(from + at, left);
    const r1 = width > 1 ? loadFirst(from1 + at, left) : zero;
    const r2 = width > 2 ? loadFirst(from2 + at, left) : zero;
    const r3 = width > 3 ? loadFirst(from3 + at, left) : zero;
    const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    if (left > 1) v128.store(to + bytes, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
    if (left > 2) v128.store(to + 2 * bytes, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
    if (left > 3) v128.store(to + 3 * bytes, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
    to += 4 * bytes;
  }
}

/**
 * Packs `rows` rows of a transposed A, in which k runs down, `row` bytes at a time, into rows that are
 * `pitch` bytes apart.
 */
export function packRows(to: usize, pitch: usize, from: usize, row: usize, depth: i32, rows: i32): void {
  const pitch2 = pitch + pitch, pitch3 = pitch2 + pitch, pitch4 = pitch2 + pitch2;
  const row2 = row + row, row3 = row2 + row;
  let k = depth;
  for (; k >= 4; k -= 4) {
    let at = from;
    let out = to;
    let i = rows;
    for (; i >= 4; i -= 4) {
      const r0 = v128.load(at);
      const r1 = v128.load(at + row);
      const r2 = v128.load(at + row2);
      const r3 = v128.load(at + row3);
      const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
      v128.store(out + pitch, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
      v128.store(out + pitch2, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
      v128.store(out + pitch3, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
      at += 16;
      out += pitch4;
    }
    for (; i > 0; i--) {
      store<f32>(out, load<f32>(at));
      store<f32>(out, load<f32>(at + row), 4);
      store<f32>(out, load<f32>(at + row2), 8);
      store<f32>(out, load<f32>(at + row3), 12);
      at += 4;
      out += pitch;
    }
    from += row << 2;
    to += 16;
  }
  for (; k > 0; k--) {
    let out = to;
    for (let at = from, end = from + (<usize>rows << 2); at < end; at += 4) {
      store<f32>(out, load<f32>(at));
      out += pitch;
    }
    from += row;
    to += 4;
  }
}
