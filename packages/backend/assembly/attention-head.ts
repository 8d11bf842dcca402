import { at } from "./share";
import { loadFirst } from "./simd";
import { lanes } from "./sum";

// Rotary positions need only the distance between query and key: the two turned by their positions
// give the same product as the query turned by the distance and the key as it is. `rotation` holds,
// for each distance, the cosines (each twice, for both of its pair) of all distances, then the sines
// (− and +), [2, depth, e]; 0 without rotary positions.

/** Each pair of lanes the other way round. */
// @ts-ignore: decorator
@inline
export function swap(x: v128): v128 {
  return v128.shuffle<i32>(x, x, 1, 0, 3, 2);
}

/** The scalar product of two rows of `e` floats. */
// @ts-ignore: decorator
@inline
export function dot(x: usize, y: usize, e: i32): f32 {
  let sum = f32x4.splat(0);
  let c = 0;
  for (; c + 4 <= e; c += 4) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(at(x, c)), v128.load(at(y, c))));
  }
  if (c < e) {
    const left = e - c;
    sum = f32x4.add(sum, f32x4.mul(loadFirst(at(x, c), left), loadFirst(at(y, c), left)));
  }
  return lanes(sum);
}

/** As `dot`, with x turned. */
// @ts-ignore: decorator
@inline
export function turnedDot(x: usize, y: usize, cos: usize, sin: usize, e: i32): f32 {
  let sum = f32x4.splat(0);
  for (let c = 0; c < e; c += 4) {
    const left = e - c;
    const a = loadFirst(at(x, c), left);
    const turned = f32x4.add(
      f32x4.mul(a, loadFirst(at(cos, c), left)),
      f32x4.mul(swap(a), loadFirst(at(sin, c), left)),
    );
    sum = f32x4.add(sum, f32x4.mul(turned, loadFirst(at(y, c), left)));
  }
  return lanes(sum);
}

/** The lanes of a vector that starts at element e − 4 which one at element 0 does not have. */
// @ts-ignore: decorator
@inline
export function restOf(e: i32): v128 {
  return i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(8 - e));
}

/** The scalar product of a head of 4 to 8 elements: x0 and x1 (without what x0 has, see restOf) by row y. */
// @ts-ignore: decorator
@inline
export function narrowDot(x0: v128, x1: v128, y: usize, second: i32): f32 {
  return lanes(f32x4.add(f32x4.mul(x0, v128.load(y)), f32x4.mul(x1, v128.load(at(y, second)))));
}
