import { at, float, int, pointer, shareOfLines } from "./share";
import { loadFirst, storeFirst } from "./simd";

/** z = x + y. args: x, y, z, count */
export function add(args: usize, thread: i32, threads: i32): void {
  const x = pointer(args, 0);
  const y = pointer(args, 1);
  const z = pointer(args, 2);
  const count = int(args, 3);
  const to = shareOfLines(count, thread + 1, threads);
  for (let i = shareOfLines(count, thread, threads); i < to; i += 4) {
    const left = to - i;
    storeFirst(at(z, i), f32x4.add(loadFirst(at(x, i), left), loadFirst(at(y, i), left)), left);
  }
}

/** y = x·factor. args: x, y, count, factor */
export function scale(args: usize, thread: i32, threads: i32): void {
  const x = pointer(args, 0);
  const y = pointer(args, 1);
  const count = int(args, 2);
  const factor = f32x4.splat(float(args, 3));
  const to = shareOfLines(count, thread + 1, threads);
  for (let i = shareOfLines(count, thread, threads); i < to; i += 4) {
    const left = to - i;
    storeFirst(at(y, i), f32x4.mul(loadFirst(at(x, i), left), factor), left);
  }
}

/** The bits of each lane scattered: `scatterBits` of @grok/ops. */
// @ts-ignore: decorator
@inline
function scatterBits(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/**
 * y = x·factor where dropout keeps an element, else 0: scatterBits(scatterBits(i) ^ key) ≥ limit.
 * args: x, y, count, key, limit, factor
 */
export function dropout(args: usize, thread: i32, threads: i32): void {
  const x = pointer(args, 0);
  const y = pointer(args, 1);
  const count = int(args, 2);
  const key = i32x4.splat(int(args, 3));
  const limit = i32x4.splat(int(args, 4));
  const factor = f32x4.splat(float(args, 5));
  const lanes = i32x4(0, 1, 2, 3);
  const to = shareOfLines(count, thread + 1, threads);
  for (let i = shareOfLines(count, thread, threads); i < to; i += 4) {
    const left = to - i;
    const index = i32x4.add(i32x4.splat(i), lanes);
    const kept = i32x4.ge_u(scatterBits(v128.xor(scatterBits(index), key)), limit);
    const scaled = f32x4.mul(loadFirst(at(x, i), left), factor);
    storeFirst(at(y, i), v128.and(scaled, kept), left);
  }
}
