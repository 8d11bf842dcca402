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

/** @throws RangeError if a step is not a finite number, TypeError if a point lacks a number */
export function checkBands(bands: readonly (readonly BandStep[])[], caller: string): void {
  for (const point of bands.flat()) {
    const { step } = point;
    if (!Number.isFinite(step)) throw new RangeError(`${caller}: a step is ${step}`);
    for (const name of ["center", "low", "high"] as const) {
      // NaN is a gap; without the number nothing at all would be drawn.
      if (typeof point[name] === "number") continue;
      throw new TypeError(
        `${caller}: the point at step ${step} has no ${name}; a point is { step, center, low, high }, with low and high as center if there is no band`,
      );
    }
  }
}
