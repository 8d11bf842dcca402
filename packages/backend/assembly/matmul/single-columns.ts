import { loadFirst, madd } from "../simd";

/**
 * ROWS (up to 6) rows of C in one or (with TWO) two columns, for a width that no tile fits: k runs in
 * vectors of four, whose lanes are added up at the end. Each column of B is packed for itself, one
 * behind the other. An element's sum depends on the column alone, not on the row's place.
 */
// @ts-ignore: decorator
@inline
export function singleColumns(
  ROWS: i32,
  TWO: bool,
  a: usize,
  aRow: usize,
  b: usize,
  depth: i32,
  c: usize,
  cRow: usize,
  accumulate: bool,
  bias: usize,
): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  let a1 = a + 1 * aRow;
  let a2 = a + 2 * aRow;
  let a3 = a + 3 * aRow;
  let a4 = a + 4 * aRow;
  let a5 = a + 5 * aRow;
  let x: v128, b0: v128, b1: v128;
  let other = b + (<usize>depth << 2);
  let k = depth;
  for (; k >= 4; k -= 4) {
    b0 = v128.load(b);
    b1 = TWO ? v128.load(other) : b0;
    x = v128.load(a);
    c00 = madd(x, b0, c00);
    if (TWO) c01 = madd(x, b1, c01);
    if (ROWS > 1) {
      x = v128.load(a1);
      c10 = madd(x, b0, c10);
      if (TWO) c11 = madd(x, b1, c11);
    }
    if (ROWS > 2) {
      x = v128.load(a2);
      c20 = madd(x, b0, c20);
      if (TWO) c21 = madd(x, b1, c21);
    }
    if (ROWS > 3) {
      x = v128.load(a3);
      c30 = madd(x, b0, c30);
      if (TWO) c31 = madd(x, b1, c31);
    }
    if (ROWS > 4) {
      x = v128.load(a4);
      c40 = madd(x, b0, c40);
      if (TWO) c41 = madd(x, b1, c41);
    }
    if (ROWS > 5) {
      x = v128.load(a5);
      c50 = madd(x, b0, c50);
      if (TWO) c51 = madd(x, b1, c51);
    }
    b += 16;
    other += 16;
    a += 16;
    if (ROWS > 1) a1 += 16;
    if (ROWS > 2) a2 += 16;
    if (ROWS > 3) a3 += 16;
    if (ROWS > 4) a4 += 16;
    if (ROWS > 5) a5 += 16;
  }
  if (k > 0) {
    b0 = loadFirst(b, k);
    b1 = TWO ? loadFirst(other, k) : b0;
    x = loadFirst(a, k);
    c00 = madd(x, b0, c00);
    if (TWO) c01 = madd(x, b1, c01);
    if (ROWS > 1) {
      x = loadFirst(a1, k);
      c10 = madd(x, b0, c10);
      if (TWO) c11 = madd(x, b1, c11);
    }
    if (ROWS > 2) {
      x = loadFirst(a2, k);
      c20 = madd(x, b0, c20);
      if (TWO) c21 = madd(x, b1, c21);
    }
    if (ROWS > 3) {
      x = loadFirst(a3, k);
      c30 = madd(x, b0, c30);
      if (TWO) c31 = madd(x, b1, c31);
    }
    if (ROWS > 4) {
      x = loadFirst(a4, k);
      c40 = madd(x, b0, c40);
      if (TWO) c41 = madd(x, b1, c41);
    }
    if (ROWS > 5) {
      x = loadFirst(a5, k);
      c50 = madd(x, b0, c50);
      if (TWO) c51 = madd(x, b1, c51);
    }
  }
  finish(c, c00, accumulate, bias);
  if (TWO) finish(c + 4, c01, accumulate, bias ? bias + 4 : 0);
  if (ROWS > 1) {
    c += cRow;
    finish(c, c10, accumulate, bias);
    if (TWO) finish(c + 4, c11, accumulate, bias ? bias + 4 : 0);
  }
  if (ROWS > 2) {
    c += cRow;
    finish(c, c20, accumulate, bias);
    if (TWO) finish(c + 4, c21, accumulate, bias ? bias + 4 : 0);
  }
  if (ROWS > 3) {
    c += cRow;
    finish(c, c30, accumulate, bias);
    if (TWO) finish(c + 4, c31, accumulate, bias ? bias + 4 : 0);
  }
  if (ROWS > 4) {
    c += cRow;
    finish(c, c40, accumulate, bias);
    if (TWO) finish(c + 4, c41, accumulate, bias ? bias + 4 : 0);
  }
  if (ROWS > 5) {
    c += cRow;
    finish(c, c50, accumulate, bias);
    if (TWO) finish(c + 4, c51, accumulate, bias ? bias + 4 : 0);
  }
}

// @ts-ignore: decorator
@inline
function finish(c: usize, lanes: v128, accumulate: bool, bias: usize): void {
  const pairs = f32x4.add(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1));
  let sum = f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
  if (bias) sum += load<f32>(bias);
  if (accumulate) sum += load<f32>(c);
  store<f32>(c, sum);
}
