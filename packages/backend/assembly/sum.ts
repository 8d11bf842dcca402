import { at, int, pointer, shareOfLines } from "./share";
import { loadFirst, storeFirst } from "./simd";

/** The sum of a vector's lanes. */
// @ts-ignore: decorator
@inline
export function lanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/**
 * y[j] = Σ_i x[i, j], in the order of the rows. Each thread has some columns. args: x, y, n, width
 */
export function sumRows(args: usize, thread: i32, threads: i32): void {
  const x = pointer(args, 0);
  const y = pointer(args, 1);
  const n = int(args, 2);
  const width = int(args, 3);
  const to = shareOfLines(width, thread + 1, threads);
  const rowBytes = <usize>width << 2;
  let j = shareOfLines(width, thread, threads);
  for (; j + 16 <= to; j += 16) {
    let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
    let from = at(x, j);
    for (let i = 0; i < n; i++, from += rowBytes) {
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
    }
    v128.store(at(y, j), a);
    v128.store(at(y, j), b, 16);
    v128.store(at(y, j), c, 32);
    v128.store(at(y, j), d, 48);
  }
  for (; j < to; j += 4) {
    const left = to - j;
    let sum = f32x4.splat(0);
    let from = at(x, j);
    for (let i = 0; i < n; i++, from += rowBytes) sum = f32x4.add(sum, loadFirst(from, left));
    storeFirst(at(y, j), sum, left);
  }
}
