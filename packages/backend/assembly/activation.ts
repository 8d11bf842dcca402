import { Activation } from "../src/wasm/activation";
import { constant, constants, GELU_CUBIC, GELU_SCALE, GELU_SLOPE, ONE } from "./constants";
import { sigmoid4 } from "./exponential";
import { at, int, pointer, shareOfLines } from "./share";
import { loadFirst, storeFirst } from "./simd";

/** Twice the inner function of gelu's tanh form: x/2·(1 + tanh(u)) = x·sigmoid(2u). */
// @ts-ignore: decorator
@inline
function geluInner(numbers: usize, x: v128): v128 {
  const cubic = f32x4.mul(f32x4.mul(f32x4.mul(x, x), x), constant(numbers, GELU_CUBIC));
  return f32x4.mul(f32x4.add(x, cubic), constant(numbers, GELU_SCALE));
}

/** tanh(x) = 2·sigmoid(2x) − 1, whose error is that of numbers around 1. */
// @ts-ignore: decorator
@inline
function tanh4(numbers: usize, x: v128): v128 {
  const s = sigmoid4(numbers, f32x4.add(x, x));
  return f32x4.sub(f32x4.add(s, s), constant(numbers, ONE));
}

/** activation(x) in each lane. */
// @ts-ignore: decorator
@inline
export function activation(numbers: usize, kind: i32, x: v128): v128 {
  if (kind == Activation.Relu) return f32x4.max(x, f32x4.splat(0));
  if (kind == Activation.Silu) return f32x4.mul(x, sigmoid4(numbers, x));
  if (kind == Activation.Gelu) return f32x4.mul(x, sigmoid4(numbers, geluInner(numbers, x)));
  if (kind == Activation.Tanh) return tanh4(numbers, x);
  if (kind == Activation.Square) return f32x4.mul(x, x);
  return x;
}

/** The activation's derivative in each lane, at the pre-activation (for relu the output does, too). */
// @ts-ignore: decorator
@inline
export function derivative(numbers: usize, kind: i32, x: v128): v128 {
  const one = constant(numbers, ONE);
  if (kind == Activation.Relu) return v128.and(f32x4.gt(x, f32x4.splat(0)), one);
  if (kind == Activation.Silu) {
    const s = sigmoid4(numbers, x);
    return f32x4.mul(s, f32x4.add(one, f32x4.mul(x, f32x4.sub(one, s))));
  }
  if (kind == Activation.Gelu) {
    const s = sigmoid4(numbers, geluInner(numbers, x));
    const inner = f32x4.mul(
      f32x4.add(one, f32x4.mul(f32x4.mul(x, x), constant(numbers, GELU_SLOPE))),
      constant(numbers, GELU_SCALE),
    );
    return f32x4.mul(s, f32x4.add(one, f32x4.mul(f32x4.mul(x, inner), f32x4.sub(one, s))));
  }
  if (kind == Activation.Tanh) {
    const t = tanh4(numbers, x);
    return f32x4.sub(one, f32x4.mul(t, t));
  }
  if (kind == Activation.Square) return f32x4.add(x, x);
  return one;
}

/** y = activation(x) for elements `from` to `to`; KIND is a constant, so that the loop has no branch. */
// @ts-ignore: decorator
@inline
function activatePart(KIND: i32, x: usize, y: usize, from: i32, to: i32): void {
  const numbers = constants();
  let i = from;
  for (; i + 8 <= to; i += 8) {
    const low = activation(numbers, KIND, v128.load(at(x, i)));
    const high = activation(numbers, KIND, v128.load(at(x, i), 16));
    v128.store(at(y, i), low);
    v128.store(at(y, i), high, 16);
  }
  for (; i < to; i += 4) {
    const left = to - i;
    storeFirst(at(y, i), activation(numbers, KIND, loadFirst(at(x, i), left)), left);
  }
}

/** dx = dy·activation′(x), likewise. */
// @ts-ignore: decorator
@inline
function activateGradientPart(KIND: i32, dy: usize, x: usize, dx: usize, from: i32, to: i32): void {
  const numbers = constants();
  let i = from;
  for (; i + 8 <= to; i += 8) {
    const low = derivative(numbers, KIND, v128.load(at(x, i)));
    const high = derivative(numbers, KIND, v128.load(at(x, i), 16));
    const given0 = v128.load(at(dy, i));
    const given1 = v128.load(at(dy, i), 16);
    v128.store(at(dx, i), f32x4.mul(given0, low));
    v128.store(at(dx, i), f32x4.mul(given1, high), 16);
  }
  for (; i < to; i += 4) {
    const left = to - i;
    const given = loadFirst(at(dy, i), left);
    storeFirst(at(dx, i), f32x4.mul(given, derivative(numbers, KIND, loadFirst(at(x, i), left))), left);
  }
}

/** The activation on elements `from` to `to`. */
function activateRange(kind: i32, x: usize, y: usize, from: i32, to: i32): void {
  switch (kind) {
    case Activation.Relu: activatePart(Activation.Relu, x, y, from, to); break;
    case Activation.Silu: activatePart(Activation.Silu, x, y, from, to); break;
    case Activation.Gelu: activatePart(Activation.Gelu, x, y, from, to); break;
    case Activation.Tanh: activatePart(Activation.Tanh, x, y, from, to); break;
    case Activation.Square: activatePart(Activation.Square, x, y, from, to); break;
    default: memory.copy(at(y, from), at(x, from), <usize>(to - from) << 2); break;
  }
}

/**
 * y = activation(x). args: x, y, count, kind
 */
export function activate(args: usize, thread: i32, threads: i32): void {
  const count = int(args, 2);
  const from = shareOfLines(count, thread, threads);
  const to = shareOfLines(count, thread + 1, threads);
  activateRange(int(args, 3), pointer(args, 0), pointer(args, 1), from, to);
}

/**
 * dx = dy·activation′(x). args: dy, x, dx, count, kind
 */
export function activateGradient(args: usize, thread: i32, threads: i32): void {
  const dy = pointer(args, 0);
  const x = pointer(args, 1);
  const dx = pointer(args, 2);
  const count = int(args, 3);
  const from = shareOfLines(count, thread, threads);
  const to = shareOfLines(count, thread + 1, threads);
  switch (int(args, 4)) {
    case Activation.Relu: activateGradientPart(Activation.Relu, dy, x, dx, from, to); break;
    case Activation.Silu: activateGradientPart(Activation.Silu, dy, x, dx, from, to); break;
    case Activation.Gelu: activateGradientPart(Activation.Gelu, dy, x, dx, from, to); break;
    case Activation.Tanh: activateGradientPart(Activation.Tanh, dy, x, dx, from, to); break;
    case Activation.Square: activateGradientPart(Activation.Square, dy, x, dx, from, to); break;
    default: memory.copy(at(dx, from), at(dy, from), <usize>(to - from) << 2); break;
  }
}

/** y = silu(gate)·up in each lane. */
// @ts-ignore: decorator
@inline
function gated(numbers: usize, gate: v128, up: v128): v128 {
  return f32x4.mul(activation(numbers, Activation.Silu, gate), up);
}

/**
 * y = silu(gate)·up. args: gate, up, y, count
 */
export function swiglu(args: usize, thread: i32, threads: i32): void {
  const gate = pointer(args, 0);
  const up = pointer(args, 1);
  const y = pointer(args, 2);
  const count = int(args, 3);
  const numbers = constants();
  const to = shareOfLines(count, thread + 1, threads);
  let i = shareOfLines(count, thread, threads);
  for (; i + 8 <= to; i += 8) {
    const low = gated(numbers, v128.load(at(gate, i)), v128.load(at(up, i)));
    const high = gated(numbers, v128.load(at(gate, i), 16), v128.load(at(up, i), 16));
    v128.store(at(y, i), low);
    v128.store(at(y, i), high, 16);
  }
  for (; i < to; i += 4) {
    const left = to - i;
    const value = gated(numbers, loadFirst(at(gate, i), left), loadFirst(at(up, i), left));
    storeFirst(at(y, i), value, left);
  }
}

/**
 * dGate = dy·up·silu′(gate), dUp = dy·silu(gate). args: dy, gate, up, dGate, dUp, count
 */
export function swigluGradient(args: usize, thread: i32, threads: i32): void {
  const dy = pointer(args, 0);
  const gate = pointer(args, 1);
  const up = pointer(args, 2);
  const dGate = pointer(args, 3);
  const dUp = pointer(args, 4);
  const count = int(args, 5);
  const numbers = constants();
  const to = shareOfLines(count, thread + 1, threads);
  let i = shareOfLines(count, thread, threads);
  for (; i + 8 <= to; i += 8) {
    const one = constant(numbers, ONE);
    const g0 = v128.load(at(gate, i));
    const g1 = v128.load(at(gate, i), 16);
    const s0 = sigmoid4(numbers, g0);
    const s1 = sigmoid4(numbers, g1);
    const silu0 = f32x4.mul(g0, s0);
    const silu1 = f32x4.mul(g1, s1);
    const slope0 = f32x4.add(s0, f32x4.mul(silu0, f32x4.sub(one, s0)));
    const slope1 = f32x4.add(s1, f32x4.mul(silu1, f32x4.sub(one, s1)));
    const given0 = v128.load(at(dy, i));
    const given1 = v128.load(at(dy, i), 16);
    const through0 = f32x4.mul(f32x4.mul(given0, v128.load(at(up, i))), slope0);
    const through1 = f32x4.mul(f32x4.mul(given1, v128.load(at(up, i), 16)), slope1);
    v128.store(at(dGate, i), through0);
    v128.store(at(dGate, i), through1, 16);
    v128.store(at(dUp, i), f32x4.mul(given0, silu0));
    v128.store(at(dUp, i), f32x4.mul(given1, silu1), 16);
  }
  for (; i < to; i += 4) {
    const left = to - i;
    const g = loadFirst(at(gate, i), left);
    const given = loadFirst(at(dy, i), left);
    const s = sigmoid4(numbers, g);
    const silu = f32x4.mul(g, s);
    const derivative = f32x4.add(s, f32x4.mul(silu, f32x4.sub(constant(numbers, ONE), s)));
    const throughGate = f32x4.mul(f32x4.mul(given, loadFirst(at(up, i), left)), derivative);
    storeFirst(at(dGate, i), throughGate, left);
    storeFirst(at(dUp, i), f32x4.mul(given, silu), left);
  }
}

/**
 * Applies an activation in place to `rows` rows of `columns` floats that are `rowBytes` bytes apart.
 */
export function activateRows(kind: i32, x: usize, rowBytes: usize, rows: i32, columns: i32): void {
  if (rowBytes == <usize>columns << 2) {
    // One stretch, which leaves no part of a vector at every row's end.
    activateRange(kind, x, x, 0, rows * columns);
    return;
  }
  for (let i = 0; i < rows; i++, x += rowBytes) activateRange(kind, x, x, 0, columns);
}
