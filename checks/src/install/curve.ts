import { expect } from "vitest";

/** What the run of `examples/page/train.ts` printed somewhere. */
export interface PrintedRun {
  simd: string;
  threads: number;
  /** Step, losses and accuracy of each evaluation, with all their digits. */
  curve: readonly (readonly number[])[];
}

/** How far curves may be from each other, as a part of the value, if products are rounded differently. */
export const CURVE_TOLERANCE = 1e-4;

/** Reads a run from the lines that it printed; it must have come to its end. */
export function printedRun(lines: readonly string[]): PrintedRun {
  const printed = lines.join("\n");
  const [, simd = "", threads] = /^backend wasm, SIMD (\w+), threads (\d+)$/m.exec(printed) ?? [];
  expect(printed).toMatch(/^(grokked|finished)$/m);
  const numbers = (line: string) => (line.match(/[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  const curve = lines.filter((line) => /^\d+: /.test(line)).map(numbers);
  expect(curve).toHaveLength(11);
  return { simd, threads: Number(threads), curve };
}

/**
 * Expects two curves to be the same to the last bit if both were computed with fused multiply-adds
 * (relaxed SIMD, and wide, which is held to its bytes) or both without, else within
 * {@link CURVE_TOLERANCE}.
 */
export function expectSameCurve(run: PrintedRun, other: PrintedRun): void {
  if ((run.simd === "plain") === (other.simd === "plain")) {
    expect(run.curve, `SIMD ${run.simd} against ${other.simd}`).toEqual(other.curve);
    return;
  }
  for (const [i, record] of run.curve.entries()) {
    for (const [j, value] of record.entries()) {
      const wanted = other.curve[i]?.[j] ?? Number.NaN;
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(CURVE_TOLERANCE * Math.abs(wanted));
    }
  }
}
