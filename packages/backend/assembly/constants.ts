/**
 * Numbers that kernels need in all lanes, in memory. Where a loop has a constant vector V8 makes it
 * again in every turn, in three instructions, or seven for 256 bits; from memory it takes one.
 */

/** Where they lie, after the control block's words. */
let table: usize = 0;

// Byte offsets.
export const ONE: usize = 0;
export const HALF: usize = 4;
export const EXP_TOP: usize = 8;
export const EXP_BOTTOM: usize = 12;
export const LOG2_E: usize = 16;
/** 1.5·2²³: a float of this size has no fraction, and its last bits count whole numbers. */
export const ROUNDER: usize = 20;
export const LN2_HIGH: usize = 24;
export const LN2_LOW: usize = 28;
export const EXP_7: usize = 32;
export const EXP_6: usize = 36;
export const EXP_5: usize = 40;
export const EXP_4: usize = 44;
export const EXP_3: usize = 48;
/** 127, an integer. */
export const EXPONENT_BIAS: usize = 52;
export const GELU_CUBIC: usize = 56;
export const GELU_SCALE: usize = 60;
export const GELU_SLOPE: usize = 64;
/** The lowest exponent whose power of e is a normal float. */
export const EXP_FLOOR: usize = 68;

/** Writes the numbers, 128 bytes, for this instance and all others alike. */
export function writeConstants(address: usize): void {
  table = address;
  store<f32>(address + ONE, 1);
  store<f32>(address + HALF, 0.5);
  store<f32>(address + EXP_TOP, 89);
  store<f32>(address + EXP_BOTTOM, -105);
  store<f32>(address + LOG2_E, 1.44269504);
  store<f32>(address + ROUNDER, 12582912);
  store<f32>(address + LN2_HIGH, -0.693359375);
  store<f32>(address + LN2_LOW, 2.12194440e-4);
  store<f32>(address + EXP_7, 1.9841270e-4);
  store<f32>(address + EXP_6, 1.3888889e-3);
  store<f32>(address + EXP_5, 8.3333333e-3);
  store<f32>(address + EXP_4, 4.1666667e-2);
  store<f32>(address + EXP_3, 1.6666667e-1);
  store<i32>(address + EXPONENT_BIAS, 127);
  store<f32>(address + GELU_CUBIC, 0.044715);
  store<f32>(address + GELU_SCALE, 1.5957691216057308);
  store<f32>(address + GELU_SLOPE, 0.134145);
  store<f32>(address + EXP_FLOOR, -87);
}

/** Where the numbers are; to be asked before a loop. */
// @ts-ignore: decorator
@inline
export function constants(): usize {
  return table;
}

/** One of them in all lanes. */
// @ts-ignore: decorator
@inline
export function constant(numbers: usize, offset: usize): v128 {
  return v128.load32_splat(numbers + offset);
}
