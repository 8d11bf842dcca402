import { mean, median, quantileSorted } from "d3-array";

/** A value of a run at a step. */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** What some runs show at one step. */
export interface BandPoint {
  readonly step: number;
  /** N, the runs with a value here. */
  readonly runs: number;
  readonly center: number;
  readonly low: number;
  readonly high: number;
}

/** Settings of {@link curveBand}. */
export interface CurveBandOptions {
  /** Default `median`, which one run that never groks does not drag. */
  center?: "median" | "mean";
  /** The edges as shares of the runs; default the quartiles, [.25, .75]. */
  quantiles?: readonly [low: number, high: number];
  /**
   * What a run counts for after its end: nothing, or its last value (for accuracies of runs that stop
   * when they have grokked, which else drop out of the band the sooner the better they are). Default
   * nothing.
   */
  afterEnd?: "nothing" | "last";
}

/**
 * Centre and quantiles over seeds at each step that any run has, with the number of runs there.
 * Nothing is interpolated. Quantiles are linear between order statistics (type 7 of Hyndman & Fan
 * 1996, the default of R and NumPy).
 *
 * @param runs each in the order of its steps; values that are not finite do not count
 * @returns rising by step; steps at which no run has a finite value are left out
 * @throws RangeError if there is no run, steps are not in order or quantiles out of range
 */
export function curveBand(
  runs: readonly (readonly CurvePoint[])[],
  { center = "median", quantiles = [0.25, 0.75], afterEnd = "nothing" }: CurveBandOptions = {},
): BandPoint[] {
  const [lowest, highest] = quantiles;
  if (runs.length === 0) throw new RangeError("a band needs at least one run");
  if (!(0 <= lowest && lowest <= highest && highest <= 1)) {
    throw new RangeError(`a band's quantiles rise within [0, 1], not ${lowest} and ${highest}`);
  }
  const curves = runs.map((points) => {
    for (const [i, { step }] of points.entries()) {
      const before = points[i - 1]?.step ?? Number.NEGATIVE_INFINITY;
      if (!(step > before)) throw new RangeError(`steps come in order: ${step} after ${before}`);
    }
    const end = points.at(-1);
    return { at: new Map(points.map(({ step, value }) => [step, value])), end };
  });
  const steps = [...new Set(curves.flatMap(({ at }) => [...at.keys()]))].sort((a, b) => a - b);
  return steps.flatMap((step) => {
    const values = curves
      .map(({ at, end }) => {
        const isOver = afterEnd === "last" && end !== undefined && step > end.step;
        return isOver ? end.value : at.get(step);
      })
      .filter((value): value is number => value !== undefined && Number.isFinite(value))
      .sort((a, b) => a - b);
    if (values.length === 0) return [];
    return {
      step,
      runs: values.length,
      center: (center === "median" ? median(values) : mean(values)) as number,
      low: quantileSorted(values, lowest) as number,
      high: quantileSorted(values, highest) as number,
    };
  });
}
