import { dot, narrowDot, restOf, turnedDot } from "./attention-head";
import { constants } from "./constants";
import { exp4 } from "./exponential";
import { at } from "./share";
import { loadFirst, storeFirst } from "./simd";
import { lanes } from "./sum";

/** Makes `count` scores at `row` weights: e^(s − top), divided by their sum. */
// @ts-ignore: decorator
@inline
function softmax(row: usize, count: i32, top: f32): void {
  const numbers = constants();
  const highest = f32x4.splat(top);
  let sum: f32 = 0;
  for (let j = 0; j < count; j += 4) {
    const left = count - j;
    const e = exp4(numbers, f32x4.sub(loadFirst(at(row, j), left), highest));
    storeFirst(at(row, j), e, left);
    const present = v128.and(e, i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3)));
    sum += lanes(present);
  }
  const inverse = f32x4.splat(<f32>1 / sum);
  for (let j = 0; j < count; j += 4) {
    const left = count - j;
    storeFirst(at(row, j), f32x4.mul(loadFirst(at(row, j), left), inverse), left);
  }
}

/**
 * A query of one head of 4 to 8 elements: two vectors, the second of which ends with the head and may
 * overlap the first, so that nothing outside is touched and there is no branch per key.
 */
function narrowHead(
  k: usize,
  v: usize,
  keys: usize,
  count: i32,
  row: usize,
  x: usize,
  y: usize,
  e: i32,
  width: i32,
  scale: f32,
): void {
  const second = e - 4;
  const x0 = v128.load(x);
  const x1 = v128.and(v128.load(at(x, second)), restOf(e));
  let top = -f32.MAX_VALUE;
  for (let j = 0; j < count; j++) {
    const key = at(k, load<i32>(at(keys, j)) * width);
    const score = narrowDot(x0, x1, key, second) * scale;
    store<f32>(at(row, j), score);
    top = max<f32>(top, score);
  }
  softmax(row, count, top);
  let y0 = f32x4.splat(0);
  let y1 = f32x4.splat(0);
  for (let j = 0; j < count; j++) {
    const value = at(v, load<i32>(at(keys, j)) * width);
    const weight = v128.load32_splat(at(row, j));
    y0 = f32x4.add(y0, f32x4.mul(weight, v128.load(value)));
    y1 = f32x4.add(y1, f32x4.mul(weight, v128.load(at(value, second))));
  }
  v128.store(y, y0);
  v128.store(at(y, second), y1);
}

/**
 * One head of one query: its weights to `row`, what it gives to `y`. `k` and `v` are where the head
 * begins in their first rows; `keys` is the query's list, `rotation` (or 0) that of attention-head.ts
 * for lists of `depth`.
 */
export function attend(
  x: usize,
  k: usize,
  v: usize,
  keys: usize,
  count: i32,
  row: usize,
  y: usize,
  e: i32,
  width: i32,
  scale: f32,
  rotation: usize,
  depth: i32,
): void {
  if (!rotation && e >= 4 && e <= 8) {
    narrowHead(k, v, keys, count, row, x, y, e, width, scale);
    return;
  }
  const sines = at(rotation, depth * e);
  let top = -f32.MAX_VALUE;
  for (let j = 0; j < count; j++) {
    const key = at(k, load<i32>(at(keys, j)) * width);
    let score: f32;
    if (rotation) {
      const turn = (count - 1 - j) * e;
      score = turnedDot(x, key, at(rotation, turn), at(sines, turn), e);
    } else {
      score = dot(x, key, e);
    }
    score *= scale;
    store<f32>(at(row, j), score);
    top = max<f32>(top, score);
  }
  softmax(row, count, top);
  for (let c = 0; c < e; c += 4) {
    const left = e - c;
    let sum = f32x4.splat(0);
    for (let j = 0; j < count; j++) {
      const value = loadFirst(at(v, load<i32>(at(keys, j)) * width + c), left);
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(at(row, j)), value));
    }
    storeFirst(at(y, c), sum, left);
  }
}
