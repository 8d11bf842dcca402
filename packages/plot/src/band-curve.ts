import type { Curve, CurveStyle } from "./curve";

/** What some runs show at one step; `curveBand` of @grok/metrics gives it. */
export interface BandStep {
  readonly step: number;
  readonly center: number;
  readonly low: number;
  readonly high: number;
}

/** Shares over runs as a curve in percent, with the band around it. */
export function bandCurve(label: string, steps: readonly BandStep[], style: CurveStyle): Curve {
  const column = (of: keyof BandStep, factor = 100) =>
    Float64Array.from(steps, (each) => factor * each[of]);
  return {
    label,
    style,
    steps: column("step", 1),
    values: column("center"),
    band: { low: column("low"), high: column("high") },
  };
}

/** @throws RangeError where a step is not a finite number */
export function checkBands(bands: readonly (readonly BandStep[])[], caller: string): void {
  for (const { step } of bands.flat()) {
    if (!Number.isFinite(step)) throw new RangeError(`${caller}: a step is ${step}`);
  }
}
