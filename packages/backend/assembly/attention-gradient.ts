import { dot, narrowDot, restOf, swap } from "./attention-head";
import { at, float, int, pointer, share } from "./share";
import { loadFirst, storeFirst } from "./simd";
import { barrier } from "./team";

/**
 * First the gradient of the scores, into `scores` (room for [n, heads, depth]), with the queries
 * divided among the threads; then those of q, k and v, added up from zeros in the order of the
 * queries, with the columns divided.
 * args: q, k, v, queries, keyRows, weights, dy, dq, dk, dv, scores, rotation, n, depth, heads, e,
 * nq, nk, scale
 */
export function attentionGradient(args: usize, thread: i32, threads: i32): void {
  const n = int(args, 12);
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) scoreGradient(args, i);
  barrier(threads);
  const heads = int(args, 14);
  const e = int(args, 15);
  const perHead = (e + 3) >> 2;
  const from = share(heads * perHead, thread, threads);
  const end = share(heads * perHead, thread + 1, threads);
  clearUnits(pointer(args, 7), int(args, 16), heads * e, e, perHead, from, end);
  clearUnits(pointer(args, 8), int(args, 17), heads * e, e, perHead, from, end);
  clearUnits(pointer(args, 9), int(args, 17), heads * e, e, perHead, from, end);
  for (let i = 0; i < n; i++) inputGradients(args, i, perHead, from, end);
}

/** The gradient of query i's scores. */
function scoreGradient(args: usize, i: i32): void {
  const v = pointer(args, 2);
  const weights = pointer(args, 5);
  const scores = pointer(args, 10);
  const depth = int(args, 13);
  const heads = int(args, 14);
  const e = int(args, 15);
  const scale = float(args, 18);
  const width = heads * e;
  const asked = at(pointer(args, 3), 3 * i);
  const keys = at(pointer(args, 4), load<i32>(asked, 4) * depth);
  const dy = at(pointer(args, 6), i * width);
  const count = load<i32>(asked, 8);
  for (let h = 0; h < heads; h++) {
    const row = at(weights, (i * heads + h) * depth);
    const into = at(scores, (i * heads + h) * depth);
    const given = at(dy, h * e);
    let mean: f32 = 0;
    if (e >= 4 && e <= 8) {
      const g0 = v128.load(given);
      const g1 = v128.and(v128.load(at(given, e - 4)), restOf(e));
      for (let j = 0; j < count; j++) {
        const value = at(v, load<i32>(at(keys, j)) * width + h * e);
        const d = narrowDot(g0, g1, value, e - 4);
        store<f32>(at(into, j), d);
        mean += d * load<f32>(at(row, j));
      }
    } else {
      for (let j = 0; j < count; j++) {
        const d = dot(given, at(v, load<i32>(at(keys, j)) * width + h * e), e);
        store<f32>(at(into, j), d);
        mean += d * load<f32>(at(row, j));
      }
    }
    for (let j = 0; j < count; j++) {
      const d = load<f32>(at(into, j)) - mean;
      store<f32>(at(into, j), load<f32>(at(row, j)) * d * scale);
    }
  }
}

/** Sets this thread's units (four columns of a head, or what is left of them) of a matrix to 0. */
function clearUnits(base: usize, rows: i32, width: i32, e: i32, perHead: i32, from: i32, to: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    for (let unit = from; unit < to; unit++) {
      const h = unit / perHead;
      const c = (unit - h * perHead) << 2;
      storeFirst(at(base, i * width + h * e + c), zero, e - c);
    }
  }
}

/** What query i adds to the gradients of q, k and v, in this thread's units. */
function inputGradients(args: usize, i: i32, perHead: i32, from: i32, to: i32): void {
  const depth = int(args, 13);
  const heads = int(args, 14);
  const e = int(args, 15);
  const width = heads * e;
  const asked = at(pointer(args, 3), 3 * i);
  const keys = at(pointer(args, 4), load<i32>(asked, 4) * depth);
  const count = load<i32>(asked, 8);
  const query = load<i32>(asked) * width;
  const k = pointer(args, 1);
  const dk = pointer(args, 8);
  const dv = pointer(args, 9);
  const rotation = pointer(args, 11);
  const sines = at(rotation, depth * e);
  const rows = at(pointer(args, 5), i * heads * depth);
  const scores = at(pointer(args, 10), i * heads * depth);
  for (let unit = from; unit < to; unit++) {
    const h = unit / perHead;
    const c = (unit - h * perHead) << 2;
    const left = e - c;
    const column = h * e + c;
    const x = loadFirst(at(pointer(args, 0), query + column), left);
    const given = loadFirst(at(pointer(args, 6), i * width + column), left);
    const row = at(rows, h * depth);
    const score = at(scores, h * depth);
    const swapped = swap(x);
    let sum = f32x4.splat(0);
    for (let j = 0; j < count; j++) {
      const key = load<i32>(at(keys, j)) * width + column;
      const ds = v128.load32_splat(at(score, j));
      const product = f32x4.mul(ds, loadFirst(at(k, key), left));
      let turned = x;
      if (rotation) {
        const turn = (count - 1 - j) * e + c;
        const cos = loadFirst(at(rotation, turn), left);
        const sin = loadFirst(at(sines, turn), left);
        turned = f32x4.add(f32x4.mul(x, cos), f32x4.mul(swapped, sin));
        // Turned back.
        sum = f32x4.add(sum, f32x4.sub(f32x4.mul(product, cos), f32x4.mul(swap(product), sin)));
      } else {
        sum = f32x4.add(sum, product);
      }
      const toKey = at(dk, key);
      storeFirst(toKey, f32x4.add(loadFirst(toKey, left), f32x4.mul(ds, turned)), left);
      const toValue = at(dv, key);
      const weighed = f32x4.mul(v128.load32_splat(at(row, j)), given);
      storeFirst(toValue, f32x4.add(loadFirst(toValue, left), weighed), left);
    }
    const target = at(pointer(args, 7), query + column);
    storeFirst(target, f32x4.add(loadFirst(target, left), sum), left);
  }
}
