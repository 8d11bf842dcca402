import { at, float, int, pointer, shareOfLines } from "./share";
import { loadFirst, storeFirst } from "./simd";
import { lanes } from "./sum";
import { barrier } from "./team";

// Lengths of tensors, and what is done by them. Sums go over pieces of a fixed size, then over the
// pieces in their order and in double precision, so that they do not depend on the threads.

/** Elements of a piece. */
const PIECE: i32 = 4096;

/** Σ x·y over `count` elements. */
function dot(x: usize, y: usize, count: i32): f64 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    sum = f32x4.add(sum, f32x4.mul(loadFirst(at(x, i), left), loadFirst(at(y, i), left)));
  }
  return <f64>lanes(sum);
}

/** Writes this thread's part of the sums Σ x·y of `size` elements, one for each piece, to `sums`. */
function dotPieces(x: usize, y: usize, size: i32, sums: usize, thread: i32, threads: i32): void {
  for (let piece = thread; piece * PIECE < size; piece += threads) {
    const start = piece * PIECE;
    store<f64>(sums + (<usize>piece << 3), dot(at(x, start), at(y, start), min(PIECE, size - start)));
  }
}

// @ts-ignore: decorator
@inline
function piecesOf(size: i32): i32 {
  return (size + PIECE - 1) / PIECE;
}

/** The sum of `count` sums of pieces. */
function total(sums: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) sum += load<f64>(sums + (<usize>i << 3));
  return sum;
}

/**
 * norm = √ΣΣx². `sums` has room for the pieces of all tensors. args: list (x, size), count, norm, sums
 */
export function globalNorm(args: usize, thread: i32, threads: i32): void {
  const list = pointer(args, 0);
  const count = int(args, 1);
  const sums = pointer(args, 3);
  let pieces = 0;
  for (let index = 0; index < count; index++) {
    const x = pointer(list, 2 * index);
    const size = int(list, 2 * index + 1);
    dotPieces(x, x, size, sums + (<usize>pieces << 3), thread, threads);
    pieces += piecesOf(size);
  }
  barrier(threads);
  if (thread == 0) store<f32>(pointer(args, 2), <f32>sqrt<f64>(total(sums, pieces)));
}

/**
 * y = x·maxNorm/max(norm, maxNorm). args: list (x, y, size), count, sums, maxNorm
 */
export function clipByGlobalNorm(args: usize, thread: i32, threads: i32): void {
  const list = pointer(args, 0);
  const count = int(args, 1);
  const sums = pointer(args, 2);
  const maxNorm = float(args, 3);
  let pieces = 0;
  for (let index = 0; index < count; index++) {
    const x = pointer(list, 3 * index);
    const size = int(list, 3 * index + 2);
    dotPieces(x, x, size, sums + (<usize>pieces << 3), thread, threads);
    pieces += piecesOf(size);
  }
  barrier(threads);
  const norm = <f32>sqrt<f64>(total(sums, pieces));
  const factor = f32x4.splat(maxNorm / max<f32>(norm, maxNorm));
  for (let index = 0; index < count; index++) {
    const x = pointer(list, 3 * index);
    const y = pointer(list, 3 * index + 1);
    const size = int(list, 3 * index + 2);
    const to = shareOfLines(size, thread + 1, threads);
    for (let i = shareOfLines(size, thread, threads); i < to; i += 4) {
      storeFirst(at(y, i), f32x4.mul(loadFirst(at(x, i), to - i), factor), to - i);
    }
  }
}

/**
 * y = what of g is at right angles to w, at the length of g: see `orthogonalGradient` of @grok/ops.
 * `sums` has room for four times the pieces of the largest tensor. args: list (w, g, y, size), count,
 * sums
 */
export function orthogonalGradient(args: usize, thread: i32, threads: i32): void {
  const list = pointer(args, 0);
  const count = int(args, 1);
  for (let index = 0; index < count; index++) {
    orthogonal(at(list, 4 * index), pointer(args, 2), thread, threads);
    // The next tensor's sums go to the same place.
    barrier(threads);
  }
}

function orthogonal(entry: usize, sums: usize, thread: i32, threads: i32): void {
  const w = pointer(entry, 0);
  const g = pointer(entry, 1);
  const y = pointer(entry, 2);
  const size = int(entry, 3);
  const pieces = piecesOf(size);
  const step = <usize>pieces << 3;
  dotPieces(w, w, size, sums, thread, threads);
  dotPieces(w, g, size, sums + step, thread, threads);
  dotPieces(g, g, size, sums + 2 * step, thread, threads);
  barrier(threads);
  const along = f32x4.splat(<f32>(total(sums + step, pieces) / (total(sums, pieces) + 1e-30)));
  // In pieces, too, so that each thread measures what it wrote itself.
  for (let piece = thread; piece < pieces; piece += threads) {
    const end = min(size, (piece + 1) * PIECE);
    for (let i = piece * PIECE; i < end; i += 4) {
      const left = end - i;
      const onto = f32x4.mul(loadFirst(at(w, i), left), along);
      storeFirst(at(y, i), f32x4.sub(loadFirst(at(g, i), left), onto), left);
    }
  }
  dotPieces(y, y, size, sums + 3 * step, thread, threads);
  barrier(threads);
  const length = sqrt<f64>(total(sums + 2 * step, pieces));
  const rest = sqrt<f64>(total(sums + 3 * step, pieces));
  const factor = f32x4.splat(rest <= 1e-6 * length ? 0 : <f32>(length / rest));
  const to = shareOfLines(size, thread + 1, threads);
  for (let i = shareOfLines(size, thread, threads); i < to; i += 4) {
    storeFirst(at(y, i), f32x4.mul(loadFirst(at(y, i), to - i), factor), to - i);
  }
}
