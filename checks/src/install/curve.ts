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

/** The curve where a product and a sum are rounded at once (fused multiply-add), and where each is. */
export interface References {
  fused: PrintedRun;
  unfused: PrintedRun;
}

/**
 * Expects a curve to be the reference to the last bit.
 *
 * @param rounding of products and sums; the default is what the SIMD says. Relaxed SIMD lets an engine
 *   choose, and wide is held to relaxed's bytes: V8 fuses, JavaScriptCore does not
 */
export function expectSameCurve(
  run: PrintedRun,
  references: References,
  rounding: keyof References = run.simd === "plain" ? "unfused" : "fused",
): void {
  expect(run.curve, `SIMD ${run.simd}`).toEqual(references[rounding].curve);
}

/** Expects the references to be within {@link CURVE_TOLERANCE} of each other. */
export function expectCloseCurves({ fused, unfused }: References): void {
  for (const [i, record] of fused.curve.entries()) {
    for (const [j, value] of record.entries()) {
      const other = unfused.curve[i]?.[j] ?? Number.NaN;
      expect(Math.abs(other - value)).toBeLessThanOrEqual(CURVE_TOLERANCE * Math.abs(value));
    }
  }
}
