import { WIDE } from "./build";
import { at, float, int, pointer, shareOfLines } from "./share";
import { loadFirst, storeFirst } from "./simd";

// Updates of all parameters at once. `list` has the addresses of a parameter's tensors, then the
// number of its elements, for each parameter; every thread does its part of each.

/** p·decay − rate·m/(√(v·inverse) + eps) in each lane. */
// @ts-ignore: decorator
@inline
function adam4(p: v128, m: v128, v: v128, decay: v128, rate: v128, inverse: v128, eps: v128): v128 {
  const denominator = f32x4.add(f32x4.sqrt(f32x4.mul(v, inverse)), eps);
  return f32x4.sub(f32x4.mul(p, decay), f32x4.div(f32x4.mul(m, rate), denominator));
}

/**
 * p ← p·decay; m ← β1·m + (1 − β1)·g; v ← β2·v + (1 − β2)·g²; p ← p − rate·m/(√(v·inverse) + eps),
 * with rate = learning rate ÷ correction 1 and inverse = 1 ÷ correction 2.
 * args: list (p, g, m, v, size), parameters, decay, beta1, beta2, rate, inverse, eps, 1 − beta1,
 * 1 − beta2
 */
export function adamUpdate(args: usize, thread: i32, threads: i32): void {
  const list = pointer(args, 0);
  const parameters = int(args, 1);
  const decay = f32x4.splat(float(args, 2));
  const beta1 = f32x4.splat(float(args, 3));
  const beta2 = f32x4.splat(float(args, 4));
  const rate = f32x4.splat(float(args, 5));
  const inverse = f32x4.splat(float(args, 6));
  const eps = f32x4.splat(float(args, 7));
  const rest1 = f32x4.splat(float(args, 8));
  const rest2 = f32x4.splat(float(args, 9));
  for (let index = 0; index < parameters; index++) {
    const entry = at(list, index * 5);
    const ps = pointer(entry, 0);
    const gs = pointer(entry, 1);
    const ms = pointer(entry, 2);
    const vs = pointer(entry, 3);
    const size = int(entry, 4);
    const to = shareOfLines(size, thread + 1, threads);
    let i = shareOfLines(size, thread, threads);
    // Two vectors without a branch between them: one of 256 bits.
    for (; WIDE && i + 8 <= to; i += 8) {
      const p = at(ps, i);
      const g = at(gs, i);
      const m = at(ms, i);
      const v = at(vs, i);
      const g0 = v128.load(g);
      const g1 = v128.load(g, 16);
      const m0 = f32x4.add(f32x4.mul(v128.load(m), beta1), f32x4.mul(g0, rest1));
      const m1 = f32x4.add(f32x4.mul(v128.load(m, 16), beta1), f32x4.mul(g1, rest1));
      const square0 = f32x4.mul(f32x4.mul(g0, g0), rest2);
      const square1 = f32x4.mul(f32x4.mul(g1, g1), rest2);
      const v0 = f32x4.add(f32x4.mul(v128.load(v), beta2), square0);
      const v1 = f32x4.add(f32x4.mul(v128.load(v, 16), beta2), square1);
      const p0 = adam4(v128.load(p), m0, v0, decay, rate, inverse, eps);
      const p1 = adam4(v128.load(p, 16), m1, v1, decay, rate, inverse, eps);
      v128.store(m, m0);
      v128.store(m, m1, 16);
      v128.store(v, v0);
      v128.store(v, v1, 16);
      v128.store(p, p0);
      v128.store(p, p1, 16);
    }
    for (; i < to; i += 4) {
      const left = to - i;
      const g = loadFirst(at(gs, i), left);
      const m = f32x4.add(f32x4.mul(loadFirst(at(ms, i), left), beta1), f32x4.mul(g, rest1));
      const v = f32x4.add(
        f32x4.mul(loadFirst(at(vs, i), left), beta2),
        f32x4.mul(f32x4.mul(g, g), rest2),
      );
      storeFirst(at(ms, i), m, left);
      storeFirst(at(vs, i), v, left);
      const p = loadFirst(at(ps, i), left);
      storeFirst(at(ps, i), adam4(p, m, v, decay, rate, inverse, eps), left);
    }
  }
}

/**
 * v ← momentum·v + (1 − dampening)·g; d = v, or g + momentum·v with Nesterov;
 * p ← p·decay − rate·d.
 * args: list (p, g, v, size), parameters, nesterov, decay, rate, momentum, 1 − dampening
 */
export function sgdUpdate(args: usize, thread: i32, threads: i32): void {
  const list = pointer(args, 0);
  const parameters = int(args, 1);
  const nesterov = int(args, 2);
  const decay = f32x4.splat(float(args, 3));
  const rate = f32x4.splat(float(args, 4));
  const momentum = f32x4.splat(float(args, 5));
  const fresh = f32x4.splat(float(args, 6));
  for (let index = 0; index < parameters; index++) {
    const entry = at(list, index * 4);
    const ps = pointer(entry, 0);
    const gs = pointer(entry, 1);
    const vs = pointer(entry, 2);
    const size = int(entry, 3);
    const to = shareOfLines(size, thread + 1, threads);
    for (let i = shareOfLines(size, thread, threads); i < to; i += 4) {
      const left = to - i;
      const g = loadFirst(at(gs, i), left);
      const v = f32x4.add(f32x4.mul(loadFirst(at(vs, i), left), momentum), f32x4.mul(g, fresh));
      storeFirst(at(vs, i), v, left);
      const direction = nesterov ? f32x4.add(g, f32x4.mul(v, momentum)) : v;
      const p = f32x4.mul(loadFirst(at(ps, i), left), decay);
      storeFirst(at(ps, i), f32x4.sub(p, f32x4.mul(direction, rate)), left);
    }
  }
}

/**
 * p ← p·decay − rate·sign(β1·m + (1 − β1)·g); m ← β2·m + (1 − β2)·g.
 * args: list (p, g, m, size), parameters, decay, rate, beta1, beta2, 1 − beta1, 1 − beta2
 */
export function lionUpdate(args: usize, thread: i32, threads: i32): void {
  const list = pointer(args, 0);
  const parameters = int(args, 1);
  const decay = f32x4.splat(float(args, 2));
  const rate = f32x4.splat(float(args, 3));
  const beta1 = f32x4.splat(float(args, 4));
  const beta2 = f32x4.splat(float(args, 5));
  const rest1 = f32x4.splat(float(args, 6));
  const rest2 = f32x4.splat(float(args, 7));
  const zero = f32x4.splat(0);
  for (let index = 0; index < parameters; index++) {
    const entry = at(list, index * 4);
    const ps = pointer(entry, 0);
    const gs = pointer(entry, 1);
    const ms = pointer(entry, 2);
    const size = int(entry, 3);
    const to = shareOfLines(size, thread + 1, threads);
    for (let i = shareOfLines(size, thread, threads); i < to; i += 4) {
      const left = to - i;
      const g = loadFirst(at(gs, i), left);
      const m = loadFirst(at(ms, i), left);
      const direction = f32x4.add(f32x4.mul(m, beta1), f32x4.mul(g, rest1));
      const up = v128.and(f32x4.gt(direction, zero), rate);
      const down = v128.and(f32x4.lt(direction, zero), rate);
      const p = f32x4.mul(loadFirst(at(ps, i), left), decay);
      // sign(NaN) is NaN, and a number is worth 0 here.
      const unknown = v128.and(direction, f32x4.ne(direction, direction));
      storeFirst(at(ps, i), f32x4.sub(f32x4.add(f32x4.sub(p, up), down), unknown), left);
      storeFirst(at(ms, i), f32x4.add(f32x4.mul(m, beta2), f32x4.mul(g, rest2)), left);
    }
  }
}

/** value ← value + weight·(target − value). args: list (value, target, size), parameters, weight */
export function lerpUpdate(args: usize, thread: i32, threads: i32): void {
  const list = pointer(args, 0);
  const parameters = int(args, 1);
  const weight = f32x4.splat(float(args, 2));
  for (let index = 0; index < parameters; index++) {
    const entry = at(list, index * 3);
    const values = pointer(entry, 0);
    const targets = pointer(entry, 1);
    const size = int(entry, 2);
    const to = shareOfLines(size, thread + 1, threads);
    for (let i = shareOfLines(size, thread, threads); i < to; i += 4) {
      const left = to - i;
      const value = loadFirst(at(values, i), left);
      const way = f32x4.sub(loadFirst(at(targets, i), left), value);
      storeFirst(at(values, i), f32x4.add(value, f32x4.mul(way, weight)), left);
    }
  }
}

/** z = x + factor·y. args: list (x, y, z, size), pairs, factor */
export function addScaled(args: usize, thread: i32, threads: i32): void {
  const list = pointer(args, 0);
  const pairs = int(args, 1);
  const factor = f32x4.splat(float(args, 2));
  for (let index = 0; index < pairs; index++) {
    const entry = at(list, index * 4);
    const xs = pointer(entry, 0);
    const ys = pointer(entry, 1);
    const zs = pointer(entry, 2);
    const size = int(entry, 3);
    const to = shareOfLines(size, thread + 1, threads);
    for (let i = shareOfLines(size, thread, threads); i < to; i += 4) {
      const left = to - i;
      const scaled = f32x4.mul(loadFirst(at(ys, i), left), factor);
      storeFirst(at(zs, i), f32x4.add(loadFirst(at(xs, i), left), scaled), left);
    }
  }
}
