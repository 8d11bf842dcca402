import { mean, median, quantileSorted } from "d3-array";
import { fullCount } from "../axes/number-format";
import { inOrder, metricOf, type RunRecord } from "../figures/run-record";

/** What a band shows of several runs at one step. */
export interface BandOptions {
  /** The line in the middle; default "median", which one run that never groks does not drag. */
  readonly center?: "median" | "mean";
  /** The band's edges as shares of the runs; default [0.25, 0.75], the quartiles; [0, 1] is the range. */
  readonly quantiles?: readonly [low: number, high: number];
  /**
   * A step counts if at least this many runs have a value there; default all. `running`: if every run
   * has one that had begun and not ended, so that a run that ended early does not cut the others.
   */
  readonly minRuns?: number | "running";
}

/** Centre and edges over steps, NaN where too few runs have a value. */
export interface Band {
  readonly steps: Float64Array;
  readonly center: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Centre and quantiles of a metric over runs, at each step that any run evaluated. Nothing is
 * interpolated or carried on: where a run has ended or was not evaluated it has no value. Quantiles
 * are linear between order statistics (type 7 of Hyndman & Fan 1996, the default of R and NumPy).
 *
 * @throws RangeError without runs, for quantiles or a `minRuns` out of range, or for a bad record.
 */
export function bandOf(
  runs: readonly (readonly RunRecord[])[],
  metric: string,
  options: BandOptions,
  caller: string,
): Band {
  const { center = "median", quantiles = [0.25, 0.75], minRuns = runs.length } = options;
  const [lowShare, highShare] = quantiles;
  if (runs.length === 0) throw new RangeError(`${caller}: there are no runs to draw`);
  if (!(0 <= lowShare && lowShare <= highShare && highShare <= 1)) {
    throw new RangeError(
      `${caller}: quantiles are ${lowShare} and ${highShare}; they rise within [0, 1]`,
    );
  }
  const isCount =
    Number.isInteger(minRuns) && Number(minRuns) >= 1 && Number(minRuns) <= runs.length;
  if (minRuns !== "running" && !isCount) {
    throw new RangeError(
      `${caller}: minRuns is ${minRuns}; it is an integer from 1 to ${runs.length}, the number of runs, or running`,
    );
  }

  const valuesAt = new Map<number, number[]>();
  const reaches: { from: number; to: number }[] = [];
  for (const records of runs) {
    // Of two records of one step the later one counts, so that a run has one voice per step.
    const own = new Map<number, number>();
    for (const record of inOrder(records, caller)) own.set(record.step, metricOf(record, metric));
    const at = [...own.keys()];
    reaches.push({ from: at[0] ?? Number.POSITIVE_INFINITY, to: at.at(-1) ?? 0 });
    for (const [step, value] of own) {
      const values = valuesAt.get(step) ?? [];
      if (Number.isFinite(value)) values.push(value);
      valuesAt.set(step, values);
    }
  }

  const steps = Float64Array.from(valuesAt.keys()).sort();
  const band: Band = {
    steps,
    center: new Float64Array(steps.length).fill(Number.NaN),
    low: new Float64Array(steps.length).fill(Number.NaN),
    high: new Float64Array(steps.length).fill(Number.NaN),
  };
  for (const [i, step] of steps.entries()) {
    const values = (valuesAt.get(step) as number[]).sort((a, b) => a - b);
    const isRunning = ({ from, to }: { from: number; to: number }) => from <= step && step <= to;
    const least = minRuns === "running" ? Math.max(1, reaches.filter(isRunning).length) : minRuns;
    if (values.length < least) continue;
    band.center[i] = (center === "median" ? median(values) : mean(values)) as number;
    band.low[i] = quantileSorted(values, lowShare) as number;
    band.high[i] = quantileSorted(values, highShare) as number;
  }
  return band;
}

/**
 * How many runs a band is of, where they end at different steps: `5`, `5 to step 10, then 4`, or, if
 * there are more such steps, `5, at the end 2`.
 */
export function runCounts(runs: readonly (readonly RunRecord[])[]): string {
  const ends = runs.map((records) => records.at(-1)?.step ?? 0).sort((a, b) => a - b);
  const all = String(runs.length);
  const last = ends.at(-1) as number;
  const early = [...new Set(ends.filter((end) => end < last))];
  if (early.length === 0) return all;
  const left = (end: number) => ends.filter((other) => other > end).length;
  const [first] = early as [number];
  return early.length === 1
    ? `${all} to step ${fullCount(first)}, then ${left(first)}`
    : `${all}, at the end ${left(early.at(-1) as number)}`;
}
