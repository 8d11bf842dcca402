import { fitLogistic, fitRidge, logistic } from "./ridge";
import { type WarningRecord, warningSigns } from "./warning-signs";

/** A run whose end is known, to learn from or to judge by. */
export interface KnownRun {
  readonly records: readonly WarningRecord[];
  /** Null if it had not grokked when it ended. */
  readonly tGrok: number | null;
  /** What was known before it began, as numbers, e.g. the logarithm of its weight decay. */
  readonly settings?: readonly number[];
}

/** What is said of a run's future. */
export interface GrokForecast {
  /** The probability that it groks by the horizon. */
  readonly probability: number;
  /** The step at which it is expected to grok, if it does. */
  readonly step: number;
}

/** When a forecast is made and for how long. */
export interface ForecastOptions {
  /** Only evaluations up to this step are looked at. */
  at: number;
  /** The step by which a run must have grokked to count. */
  horizon: number;
  /**
   * What is looked at: the run's `warningSigns` (the default), its settings, or both. Its settings alone
   * are what the signs must beat to be of use to those who know how runs with like settings ended.
   */
  from?: "signs" | "settings" | "both";
}

/** A forecaster that has learned from runs. */
export type Forecaster = (run: Omit<KnownRun, "tGrok">) => GrokForecast;

/**
 * Learns from known runs to tell, at step `at`, whether another run will grok by the horizon and
 * when: logistic regression for whether, and least squares on ln t_grok for when, both on
 * `warningSigns` (or settings: `from`) and with a small quadratic penalty.
 *
 * Whether that is any better than the base rate is for `judgeForecast` to say; nothing is claimed
 * here.
 *
 * @param runs those that had grokked by `at`, or that ended before the horizon without grokking, teach
 *   nothing and are left out
 * @throws RangeError if no run is left, or none of those that are groks
 */
export function learnForecast(runs: readonly KnownRun[], options: ForecastOptions): Forecaster {
  const { at, horizon } = options;
  const usable = usableRuns(runs, options);
  const grokked = usable.filter(({ tGrok }) => tGrok !== null && tGrok <= horizon);
  if (grokked.length === 0) {
    throw new RangeError(
      `of ${runs.length} runs none groks between steps ${at} and ${horizon}: nothing can be learned`,
    );
  }
  const whether = fitLogistic(
    usable.map((run) => featuresOf(run, options)),
    usable.map(({ tGrok }) => (tGrok !== null && tGrok <= horizon ? 1 : 0)),
  );
  const when = fitRidge(
    grokked.map((run) => featuresOf(run, options)),
    grokked.map(({ tGrok }) => Math.log(tGrok as number)),
  );
  return (run) => {
    const features = featuresOf(run, options);
    return {
      probability: logistic(whether.score(features)),
      step: Math.max(at, Math.exp(when.score(features))),
    };
  };
}

/**
 * The runs that a forecast can be learned from or judged by: those that had not grokked by `at`, and
 * that grokked later or were watched until the horizon.
 *
 * @throws RangeError if the horizon is not after `at`
 */
export function usableRuns(
  runs: readonly KnownRun[],
  { at, horizon }: Pick<ForecastOptions, "at" | "horizon">,
): KnownRun[] {
  if (!(at > 0 && horizon > at)) {
    throw new RangeError(`a forecast at step ${at} needs a horizon after it, not ${horizon}`);
  }
  return runs.filter(({ records, tGrok }) =>
    tGrok === null ? (records.at(-1)?.step ?? 0) >= horizon : tGrok > at,
  );
}

function featuresOf(
  { records, settings }: Omit<KnownRun, "tGrok">,
  { at, from = "signs" }: ForecastOptions,
): number[] {
  if (from !== "signs" && !settings?.every(Number.isFinite)) {
    throw new RangeError(`a forecast from ${from} needs finite settings of every run`);
  }
  return [
    ...(from === "settings" ? [] : warningSigns(records.filter(({ step }) => step <= at))),
    ...(from === "signs" ? [] : (settings ?? [])),
  ];
}
