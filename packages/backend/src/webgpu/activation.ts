import type { ActivationKind } from "@grok/ops";

/**
 * The activations and their derivatives. A tanh of exponentials that neither overflows nor, where it
 * matters, cancels; comparisons are such that NaN stays NaN.
 */
export const activationSource = `
fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
fn tanhOf(x: f32) -> f32 {
  let limited = select(select(x, 10.0, x > 10.0), -10.0, x < -10.0);
  return 1.0 - 2.0 / (exp(2.0 * limited) + 1.0);
}
fn geluInner(x: f32) -> f32 { return 0.7978845608 * (x + 0.044715 * x * x * x); }
fn none(x: f32) -> f32 { return x; }
fn relu(x: f32) -> f32 { return select(x, 0.0, x < 0.0); }
fn gelu(x: f32) -> f32 { return 0.5 * x * (1.0 + tanhOf(geluInner(x))); }
fn silu(x: f32) -> f32 { return x * sigmoid(x); }
fn tanh(x: f32) -> f32 { return tanhOf(x); }
fn square(x: f32) -> f32 { return x * x; }
fn noneSlope(x: f32) -> f32 { return 1.0; }
fn reluSlope(x: f32) -> f32 { return select(0.0, 1.0, x > 0.0); }
fn geluSlope(x: f32) -> f32 {
  let t = tanhOf(geluInner(x));
  return 0.5 * (1.0 + t + (1.0 - t * t) * 0.7978845608 * (1.0 + 3.0 * 0.044715 * x * x) * x);
}
fn siluSlope(x: f32) -> f32 {
  let s = sigmoid(x);
  return s * (1.0 + x * (1.0 - s));
}
fn tanhSlope(x: f32) -> f32 { let t = tanhOf(x); return 1.0 - t * t; }
fn squareSlope(x: f32) -> f32 { return 2.0 * x; }`;

/** The derivative of an activation at `x`, in WGSL. */
export function derivativeSource(kind: ActivationKind, x: string): string {
  return `${kind}Slope(${x})`;
}
