import { normalQuantile } from "./normal-quantile";

/** One run, as survival data: until when it was watched, and whether it grokked then. */
export interface Survival {
  /** t_grok, or the last evaluated step of a run that has not grokked. */
  readonly time: number;
  /** False for a run that had not grokked when it ended: it is censored, not dropped. */
  readonly happened: boolean;
}

/** The survival curve at a time at which something happened. */
export interface SurvivalStep {
  readonly time: number;
  /** Runs that were watched until then and had not grokked before. */
  readonly atRisk: number;
  /** Runs that grokked then. */
  readonly events: number;
  /** S: the estimated share of runs that have not grokked by then, then included. */
  readonly survival: number;
  /** The pointwise confidence interval of S; both NaN where S is 0. */
  readonly low: number;
  readonly high: number;
}

/** What {@link kaplanMeier} gives. */
export interface SurvivalCurve {
  readonly steps: readonly SurvivalStep[];
  /**
   * The first time with S ≤ ½, or, if S is ½ exactly until the next time, the middle of the two; null if
   * fewer than half are estimated to have grokked.
   */
  readonly median: number | null;
  /** The median's confidence interval; a bound is null if the runs do not bound it. */
  readonly medianInterval: readonly [low: number | null, high: number | null];
  readonly runs: number;
  /** Runs that grokked. */
  readonly events: number;
}

/**
 * Time to grok over seeds as survival data: the Kaplan–Meier estimate with its median, in which runs
 * that never grokked count for as long as they were watched.
 *
 *     S(t) = Π_{t_i ≤ t} (1 − d_i/n_i)     V = Σ d_i/(n_i(n_i − d_i))     (Greenwood)
 *     interval of S: S^exp(±z·√V / ln S)                                  (log-log)
 *
 * The median's interval are the times at which the limits of S fall to ½ (Brookmeyer & Crowley 1982,
 * on the log-log scale, as lifelines and R's `conf.type = "log-log"` have it). Runs censored at a
 * time at which others grok count as at risk there.
 *
 * The median is the middle of the two times between which S is exactly ½ (as R's survfit has it), so that
 * without censoring it is the ordinary median of any number of runs. If no run groks after the first
 * time with S = ½, that time is given.
 *
 * As t_grok can only be a step at which the run was evaluated, it is late by up to that interval.
 *
 * @param confidence of the intervals; default .95
 * @throws RangeError if there is no run, a time is not a finite number from 0, or the confidence
 *   is not in (0, 1)
 *
 * @example
 * kaplanMeier(runs.map(({ t_grok, steps }) => ({ time: t_grok ?? steps, happened: t_grok !== null })));
 */
export function kaplanMeier(runs: readonly Survival[], confidence = 0.95): SurvivalCurve {
  if (runs.length === 0) throw new RangeError("a survival curve needs at least one run");
  for (const { time } of runs) {
    if (!(time >= 0 && time < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`a run's time must be a finite number from 0, not ${time}`);
    }
  }
  const z = normalQuantile((1 + confidence) / 2);
  const times = [...new Set(runs.filter(({ happened }) => happened).map(({ time }) => time))];
  let survival = 1;
  let variance = 0;
  const steps = times
    .sort((a, b) => a - b)
    .map((time): SurvivalStep => {
      const atRisk = runs.filter((run) => run.time >= time).length;
      const events = runs.filter((run) => run.happened && run.time === time).length;
      survival = atRisk === events ? 0 : survival * (1 - events / atRisk);
      variance += events / (atRisk * (atRisk - events));
      const exponent = (z * Math.sqrt(variance)) / Math.log(survival);
      const isZero = survival === 0;
      return {
        time,
        atRisk,
        events,
        survival,
        low: isZero ? Number.NaN : survival ** Math.exp(-exponent),
        high: isZero ? Number.NaN : survival ** Math.exp(exponent),
      };
    });
  const firstAtHalf = (of: (step: SurvivalStep) => number): number | null =>
    steps.find((step) => of(step) <= 0.5 * (1 + rounding))?.time ?? null;
  return {
    steps,
    median: medianOf(steps),
    medianInterval: [firstAtHalf((step) => step.low), firstAtHalf((step) => step.high)],
    runs: runs.length,
    events: runs.filter(({ happened }) => happened).length,
  };
}

/** Products of shares are ½ up to rounding. */
const rounding = 1e-12;

function medianOf(steps: readonly SurvivalStep[]): number | null {
  const at = steps.findIndex(({ survival }) => survival <= 0.5 * (1 + rounding));
  const step = steps[at];
  if (step === undefined) return null;
  const next = steps[at + 1];
  const isHalf = step.survival >= 0.5 * (1 - rounding);
  return isHalf && next !== undefined ? (step.time + next.time) / 2 : step.time;
}
