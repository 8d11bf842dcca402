import { Activation } from "../src/wasm/activation";
import { activation, derivative } from "./activation";
import { constants } from "./constants";
import { at, float, int, pointer, share, shareOfLines } from "./share";
import { loadFirst, storeFirst } from "./simd";

/** y[i, :] = table[ids[i], :]. args: table, ids, y, n, width */
export function embedding(args: usize, thread: i32, threads: i32): void {
  const table = pointer(args, 0);
  const ids = pointer(args, 1);
  const y = pointer(args, 2);
  const n = int(args, 3);
  const width = int(args, 4);
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    const from = at(table, load<i32>(at(ids, i)) * width);
    const into = at(y, i * width);
    for (let j = 0; j < width; j += 4) {
      storeFirst(at(into, j), loadFirst(at(from, j), width - j), width - j);
    }
  }
}

/**
 * dTable[ids[i], :] += dy[i, :], from zeros, in the order of the rows. Each thread has some columns.
 * args: dy, ids, dTable, n, width, rows
 */
export function embeddingGradient(args: usize, thread: i32, threads: i32): void {
  const dy = pointer(args, 0);
  const ids = pointer(args, 1);
  const dTable = pointer(args, 2);
  const n = int(args, 3);
  const width = int(args, 4);
  const rows = int(args, 5);
  const from = shareOfLines(width, thread, threads);
  const to = shareOfLines(width, thread + 1, threads);
  clearColumns(dTable, rows, width, from, to);
  for (let i = 0; i < n; i++) {
    const source = at(dy, i * width);
    const target = at(dTable, load<i32>(at(ids, i)) * width);
    for (let j = from; j < to; j += 4) {
      const left = to - j;
      const sum = f32x4.add(loadFirst(at(target, j), left), loadFirst(at(source, j), left));
      storeFirst(at(target, j), sum, left);
    }
  }
}

/** Sets columns `from` to `to` of a [rows, width] matrix to 0. */
export function clearColumns(base: usize, rows: i32, width: i32, from: i32, to: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    const row = at(base, i * width);
    for (let j = from; j < to; j += 4) storeFirst(at(row, j), zero, to - j);
  }
}

/**
 * z[i, :] = scale·(Σ_s table[ids[i, s], :] + bias), y = activation(z). Without a bias its address is
 * 0, and z's is 0 where it is not wanted.
 * args: table, ids, bias, z, y, n, slots, width, kind, scale
 */
export function embeddingSum(args: usize, thread: i32, threads: i32): void {
  const table = pointer(args, 0);
  const ids = pointer(args, 1);
  const bias = pointer(args, 2);
  const z = pointer(args, 3);
  const y = pointer(args, 4);
  const n = int(args, 5);
  const slots = int(args, 6);
  const width = int(args, 7);
  const kind = int(args, 8);
  const factor = f32x4.splat(float(args, 9));
  const numbers = constants();
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    const rowIds = at(ids, i * slots);
    let j = 0;
    if (slots == 2 && kind <= Activation.Relu && bias && !z) {
      // The case of the MLPs: no branch within, and two vectors at a time.
      const first = at(table, load<i32>(rowIds) * width);
      const second = at(table, load<i32>(at(rowIds, 1)) * width);
      const lowest = f32x4.splat(kind == Activation.Relu ? 0 : -Infinity);
      const into = at(y, i * width);
      for (; j + 8 <= width; j += 8) {
        let a = f32x4.add(v128.load(at(first, j)), v128.load(at(second, j)));
        let b = f32x4.add(v128.load(at(first, j), 16), v128.load(at(second, j), 16));
        a = f32x4.mul(f32x4.add(a, v128.load(at(bias, j))), factor);
        b = f32x4.mul(f32x4.add(b, v128.load(at(bias, j), 16)), factor);
        v128.store(at(into, j), f32x4.max(a, lowest));
        v128.store(at(into, j), f32x4.max(b, lowest), 16);
      }
    }
    if (slots == 2 && kind == Activation.Square && !bias && z) {
      // The case of the MLP of squares, likewise.
      const first = at(table, load<i32>(rowIds) * width);
      const second = at(table, load<i32>(at(rowIds, 1)) * width);
      const before = at(z, i * width);
      const into = at(y, i * width);
      for (; j + 8 <= width; j += 8) {
        let a = f32x4.add(v128.load(at(first, j)), v128.load(at(second, j)));
        let b = f32x4.add(v128.load(at(first, j), 16), v128.load(at(second, j), 16));
        a = f32x4.mul(a, factor);
        b = f32x4.mul(b, factor);
        v128.store(at(before, j), a);
        v128.store(at(before, j), b, 16);
        v128.store(at(into, j), f32x4.mul(a, a));
        v128.store(at(into, j), f32x4.mul(b, b), 16);
      }
    }
    for (; j < width; j += 4) {
      const left = width - j;
      let sum = loadFirst(at(table, load<i32>(rowIds) * width + j), left);
      for (let s = 1; s < slots; s++) {
        sum = f32x4.add(sum, loadFirst(at(table, load<i32>(at(rowIds, s)) * width + j), left));
      }
      if (bias) sum = f32x4.add(sum, loadFirst(at(bias, j), left));
      sum = f32x4.mul(sum, factor);
      if (z) storeFirst(at(z, i * width + j), sum, left);
      storeFirst(at(y, i * width + j), activation(numbers, kind, sum), left);
    }
  }
}

/**
 * With d = scale·dy·activation′(z): dTable[ids[i, s], :] += d[i, :] and dBias += d[i, :], from zeros,
 * in the order of the rows. Each thread has some columns. Without a bias its address is 0.
 * args: dy, ids, z, dTable, dBias, n, slots, width, rows, kind, scale
 */
export function embeddingSumGradient(args: usize, thread: i32, threads: i32): void {
  const dy = pointer(args, 0);
  const ids = pointer(args, 1);
  const z = pointer(args, 2);
  const dTable = pointer(args, 3);
  const dBias = pointer(args, 4);
  const n = int(args, 5);
  const slots = int(args, 6);
  const width = int(args, 7);
  const rows = int(args, 8);
  const kind = int(args, 9);
  const factor = f32x4.splat(float(args, 10));
  const numbers = constants();
  const from = shareOfLines(width, thread, threads);
  const to = shareOfLines(width, thread + 1, threads);
  clearColumns(dTable, rows, width, from, to);
  if (dBias) clearColumns(dBias, 1, width, from, to);
  for (let i = 0; i < n; i++) {
    const rowIds = at(ids, i * slots);
    let j = from;
    if (slots == 2 && kind == Activation.Relu && dBias) {
      // The case of the MLPs, as above. One row after the other: they may be the same.
      const first = at(dTable, load<i32>(rowIds) * width);
      const second = at(dTable, load<i32>(at(rowIds, 1)) * width);
      const zero = f32x4.splat(0);
      const given = at(dy, i * width);
      const output = at(z, i * width);
      for (; j + 8 <= to; j += 8) {
        let a = f32x4.mul(v128.load(at(given, j)), factor);
        let b = f32x4.mul(v128.load(at(given, j), 16), factor);
        a = v128.and(a, f32x4.gt(v128.load(at(output, j)), zero));
        b = v128.and(b, f32x4.gt(v128.load(at(output, j), 16), zero));
        const a1 = f32x4.add(v128.load(at(first, j)), a);
        const b1 = f32x4.add(v128.load(at(first, j), 16), b);
        v128.store(at(first, j), a1);
        v128.store(at(first, j), b1, 16);
        const a2 = f32x4.add(v128.load(at(second, j)), a);
        const b2 = f32x4.add(v128.load(at(second, j), 16), b);
        v128.store(at(second, j), a2);
        v128.store(at(second, j), b2, 16);
        const a3 = f32x4.add(v128.load(at(dBias, j)), a);
        const b3 = f32x4.add(v128.load(at(dBias, j), 16), b);
        v128.store(at(dBias, j), a3);
        v128.store(at(dBias, j), b3, 16);
      }
    }
    if (slots == 2 && kind == Activation.Square && !dBias && z) {
      const first = at(dTable, load<i32>(rowIds) * width);
      const second = at(dTable, load<i32>(at(rowIds, 1)) * width);
      const given = at(dy, i * width);
      const before = at(z, i * width);
      for (; j + 8 <= to; j += 8) {
        const x = v128.load(at(before, j));
        const x2 = v128.load(at(before, j), 16);
        let a = f32x4.mul(v128.load(at(given, j)), factor);
        let b = f32x4.mul(v128.load(at(given, j), 16), factor);
        a = f32x4.mul(a, f32x4.add(x, x));
        b = f32x4.mul(b, f32x4.add(x2, x2));
        v128.store(at(first, j), f32x4.add(v128.load(at(first, j)), a));
        v128.store(at(first, j), f32x4.add(v128.load(at(first, j), 16), b), 16);
        v128.store(at(second, j), f32x4.add(v128.load(at(second, j)), a));
        v128.store(at(second, j), f32x4.add(v128.load(at(second, j), 16), b), 16);
      }
    }
    for (; j < to; j += 4) {
      const left = to - j;
      let d = f32x4.mul(loadFirst(at(dy, i * width + j), left), factor);
      if (z) d = f32x4.mul(d, derivative(numbers, kind, loadFirst(at(z, i * width + j), left)));
      for (let s = 0; s < slots; s++) {
        const target = at(dTable, load<i32>(at(rowIds, s)) * width + j);
        storeFirst(target, f32x4.add(loadFirst(target, left), d), left);
      }
      if (dBias) {
        const target = at(dBias, j);
        storeFirst(target, f32x4.add(loadFirst(target, left), d), left);
      }
    }
  }
}
