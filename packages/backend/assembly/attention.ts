import { dot, keysOf, narrowDot, restOf, turnedDot } from "./attention-head";
import { constants } from "./constants";
import { exp4 } from "./exponential";
import { at, float, int, pointer, share } from "./share";
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
 * args: q, k, v, queryRows, keyRows, weights, y, rotation, n, depth, heads, e, scale
 */
export function attention(args: usize, thread: i32, threads: i32): void {
  const q = pointer(args, 0);
  const k = pointer(args, 1);
  const v = pointer(args, 2);
  const queryRows = pointer(args, 3);
  const keyRows = pointer(args, 4);
  const weights = pointer(args, 5);
  const y = pointer(args, 6);
  const rotation = pointer(args, 7);
  const n = int(args, 8);
  const depth = int(args, 9);
  const heads = int(args, 10);
  const e = int(args, 11);
  const scale = float(args, 12);
  const width = heads * e;
  const sines = at(rotation, depth * e);
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    const keys = at(keyRows, i * depth);
    const count = keysOf(keys, depth);
    const query = at(q, load<i32>(at(queryRows, i)) * width);
    for (let h = 0; h < heads; h++) {
      const x = at(query, h * e);
      const row = at(weights, (i * heads + h) * depth);
      if (!rotation && e >= 4 && e <= 8) {
        narrowHead(at(k, h * e), at(v, h * e), keys, count, row, x, at(y, i * width + h * e), e, width, scale);
        for (let j = count; j < depth; j++) store<f32>(at(row, j), 0);
        continue;
      }
      let top = -f32.MAX_VALUE;
      for (let j = 0; j < count; j++) {
        const key = at(k, load<i32>(at(keys, j)) * width + h * e);
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
      for (let j = count; j < depth; j++) store<f32>(at(row, j), 0);
      const into = at(y, i * width + h * e);
      for (let c = 0; c < e; c += 4) {
        const left = e - c;
        let sum = f32x4.splat(0);
        for (let j = 0; j < count; j++) {
          const value = loadFirst(at(v, load<i32>(at(keys, j)) * width + h * e + c), left);
          sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(at(row, j)), value));
        }
        storeFirst(at(into, c), sum, left);
      }
    }
  }
}
