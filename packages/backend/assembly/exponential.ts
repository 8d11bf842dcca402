import {
  constant, EXPONENT_BIAS, EXP_3, EXP_4, EXP_5, EXP_6, EXP_7, EXP_BOTTOM, EXP_FLOOR, EXP_TOP, HALF,
  LN2_HIGH, LN2_LOW, LOG2_E, ONE, ROUNDER,
} from "./constants";
import { madd } from "./simd";

/**
 * e^x in each lane. Relative error below 2e-7; 0 below -104, +Infinity above 88.73, NaN for NaN.
 *
 * x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r by its Taylor polynomial of degree 7; 2^n through the
 * exponent's bits, in two factors so that results near the ends of the range are right. `numbers` is
 * what `constants()` gives.
 */
// @ts-ignore: decorator
@inline
export function exp4(numbers: usize, x: v128): v128 {
  // In this order of operands a NaN stays, and each is one instruction, unlike min and max.
  const most = f32x4.pmin(x, constant(numbers, EXP_TOP));
  const bounded = f32x4.pmax(most, constant(numbers, EXP_BOTTOM));
  const rounder = constant(numbers, ROUNDER);
  const rounded = madd(bounded, constant(numbers, LOG2_E), rounder);
  const n = f32x4.sub(rounded, rounder);
  let r = madd(n, constant(numbers, LN2_HIGH), bounded);
  r = madd(n, constant(numbers, LN2_LOW), r);
  let p = madd(constant(numbers, EXP_7), r, constant(numbers, EXP_6));
  p = madd(p, r, constant(numbers, EXP_5));
  p = madd(p, r, constant(numbers, EXP_4));
  p = madd(p, r, constant(numbers, EXP_3));
  p = madd(p, r, constant(numbers, HALF));
  p = madd(p, r, constant(numbers, ONE));
  p = madd(p, r, constant(numbers, ONE));
  const whole = i32x4.sub(rounded, rounder);
  const half = i32x4.shr_s(whole, 1);
  const bias = constant(numbers, EXPONENT_BIAS);
  const scale1 = i32x4.shl(i32x4.add(half, bias), 23);
  const scale2 = i32x4.shl(i32x4.add(i32x4.sub(whole, half), bias), 23);
  return f32x4.mul(f32x4.mul(p, scale1), scale2);
}

/**
 * e^x in each lane for x ≤ 0, in fewer instructions: below −87 it gives e^−87, relative error below
 * 4e-7. Not for NaN.
 */
// @ts-ignore: decorator
@inline
export function expBelow4(numbers: usize, x: v128): v128 {
  const bounded = f32x4.pmax(x, constant(numbers, EXP_FLOOR));
  const rounder = constant(numbers, ROUNDER);
  const rounded = madd(bounded, constant(numbers, LOG2_E), rounder);
  const n = f32x4.sub(rounded, rounder);
  let r = madd(n, constant(numbers, LN2_HIGH), bounded);
  r = madd(n, constant(numbers, LN2_LOW), r);
  let p = madd(constant(numbers, EXP_6), r, constant(numbers, EXP_5));
  p = madd(p, r, constant(numbers, EXP_4));
  p = madd(p, r, constant(numbers, EXP_3));
  p = madd(p, r, constant(numbers, HALF));
  p = madd(p, r, constant(numbers, ONE));
  p = madd(p, r, constant(numbers, ONE));
  // The last bits of `rounded` are n: they go to the exponent's.
  return i32x4.add(p, i32x4.shl(rounded, 23));
}

/**
 * tanh x in each lane, relative error below 4e-7: an odd polynomial below 0.625 (where 1 - 2/(e^2x + 1)
 * would cancel), the exponential above.
 */
export function tanh4(numbers: usize, x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = madd(p, square, f32x4.splat(2.06390887954e-2));
  p = madd(p, square, f32x4.splat(-5.37397155531e-2));
  p = madd(p, square, f32x4.splat(1.33314422036e-1));
  p = madd(p, square, f32x4.splat(-3.33332819422e-1));
  const small = madd(f32x4.mul(p, square), x, x);
  const e = exp4(numbers, f32x4.add(size, size));
  const one = f32x4.splat(1);
  const large = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one)));
  const signed = v128.or(large, v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(small, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

/** 1 / (1 + e^-x) in each lane. */
// @ts-ignore: decorator
@inline
export function sigmoid4(numbers: usize, x: v128): v128 {
  const one = constant(numbers, ONE);
  return f32x4.div(one, f32x4.add(one, exp4(numbers, f32x4.sub(f32x4.splat(0), x))));
}
