import { randomStream } from "@grok/data";
import { median, quantile } from "d3-array";
import {
  type ForecastOptions,
  type GrokForecast,
  type KnownRun,
  learnForecast,
  usableRuns,
} from "./forecast";

/** A forecast of a run that was held out, and the outcome. */
export interface HeldOutForecast extends GrokForecast {
  /** Which of the given runs. */
  readonly run: number;
  /** The runs held out together. */
  readonly fold: number;
  /** Null if it did not grok by the horizon. */
  readonly tGrok: number | null;
  /** The share of the runs learned from that grok. */
  readonly baseRate: number;
  /** The median t_grok of those that do. */
  readonly medianStep: number;
}

/** How good forecasts were on runs that were held out. */
export interface ForecastJudgement {
  /** Runs judged, and how many of them grokked by the horizon; the others are censored there. */
  readonly runs: number;
  readonly grokked: number;
  /** Mean squared error of the probability, and that of the base rate of the runs learned from. */
  readonly brier: number;
  readonly brierOfBaseRate: number;
  /**
   * The probability that a run that groks is given a higher one than a run that does not, over pairs
   * held out together; ½ is guessing. (Pairs of different folds would pull it below ½: the more of
   * the held-out runs grok, the fewer of those learned from do. What is learned from chance has some
   * of that too: with 40 runs and no rule to find the mean is about .45.) NaN if there is no pair.
   */
  readonly auroc: number;
  /** Median of |log₂(forecast step / t_grok)| over runs that grok: 1 is a factor of 2. */
  readonly stepError: number;
  /** Its quartiles. */
  readonly stepErrorQuartiles: readonly [number, number];
  /** The same when always saying the median t_grok of the runs learned from. */
  readonly stepErrorOfMedian: number;
  readonly stepErrorOfMedianQuartiles: readonly [number, number];
  /**
   * How well the forecast steps tell the order, with censored runs counted: over pairs held out
   * together of a run that groks and one that groks later or not by the horizon, the share in which
   * the first is forecast earlier (Harrell et al. 1982); ½ is guessing. NaN if there is no pair.
   */
  readonly concordance: number;
  /** One by one, fold by fold. */
  readonly forecasts: readonly HeldOutForecast[];
}

/** How {@link judgeForecast} holds runs out. */
export interface JudgeOptions extends ForecastOptions {
  /** Per run a name; runs of one name are held out together. By default each run is a group. */
  groups?: readonly string[];
  /** Default 5, or as many as there are groups. */
  folds?: number;
  /** Of the deal into folds; default 0. */
  seed?: number;
}

/**
 * Judges forecasts on held-out runs: the groups of runs are dealt into folds at random (in the order
 * of a grid a fold could be a whole row of it), and each fold is forecast by what was learned from
 * the others.
 *
 * @param runs of which no two in different groups should be near copies (the same config with another
 *   seed is one): see `groups`
 * @throws RangeError if too few runs are left to learn from or to judge
 */
export function judgeForecast(
  runs: readonly KnownRun[],
  { groups, folds, seed = 0, ...options }: JudgeOptions,
): ForecastJudgement {
  if (groups !== undefined && groups.length !== runs.length) {
    throw new RangeError(`${runs.length} runs need ${runs.length} groups, not ${groups.length}`);
  }
  const nameOf = runs.map((_, i) => groups?.[i] ?? String(i));
  const names = dealt([...new Set(nameOf)], seed);
  const count = folds ?? Math.min(5, names.length);
  if (!(Number.isInteger(count) && count >= 2 && count <= names.length)) {
    throw new RangeError(`${names.length} groups make 2 … ${names.length} folds, not ${count}`);
  }
  const foldOf = nameOf.map((name) => names.indexOf(name) % count);
  const forecasts: HeldOutForecast[] = [];
  for (let fold = 0; fold < count; fold++) {
    const known = runs.filter((_, i) => foldOf[i] !== fold);
    const held = new Set(
      usableRuns(
        runs.filter((_, i) => foldOf[i] === fold),
        options,
      ),
    );
    if (held.size === 0) continue;
    const forecaster = learnForecast(known, options);
    const others = usableRuns(known, options);
    const groksInTime = ({ tGrok }: KnownRun) => tGrok !== null && tGrok <= options.horizon;
    const times = others.filter(groksInTime).map(({ tGrok }) => tGrok as number);
    for (const [i, run] of runs.entries()) {
      if (foldOf[i] !== fold || !held.has(run)) continue;
      forecasts.push({
        ...forecaster(run),
        run: i,
        fold,
        tGrok: groksInTime(run) ? run.tGrok : null,
        baseRate: times.length / others.length,
        medianStep: median(times) as number,
      });
    }
  }
  if (forecasts.length === 0) throw new RangeError(`none of ${runs.length} runs can be judged`);
  return summarise(forecasts);
}

/** The names in an order of chance (Fisher–Yates). */
function dealt(names: string[], seed: number): string[] {
  const stream = randomStream(seed, "folds");
  for (let i = names.length - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    [names[i], names[j]] = [names[j] as string, names[i] as string];
  }
  return names;
}

function summarise(forecasts: readonly HeldOutForecast[]): ForecastJudgement {
  const mean = (of: (run: HeldOutForecast) => number) =>
    forecasts.reduce((sum, run) => sum + of(run), 0) / forecasts.length;
  const outcome = ({ tGrok }: HeldOutForecast) => (tGrok === null ? 0 : 1);
  const end = ({ tGrok }: HeldOutForecast) => tGrok ?? Number.POSITIVE_INFINITY;
  const grokked = forecasts.filter(({ tGrok }) => tGrok !== null);
  const errors = (said: (run: HeldOutForecast) => number) =>
    grokked.map((run) => Math.abs(Math.log2(said(run) / (run.tGrok as number))));
  const own = errors(({ step }) => step);
  const trivial = errors(({ medianStep }) => medianStep);
  return {
    runs: forecasts.length,
    grokked: grokked.length,
    brier: mean((run) => (run.probability - outcome(run)) ** 2),
    brierOfBaseRate: mean((run) => (run.baseRate - outcome(run)) ** 2),
    auroc: shareInOrder(forecasts, outcome, ({ probability }) => probability),
    stepError: median(own) ?? Number.NaN,
    stepErrorQuartiles: quartiles(own),
    stepErrorOfMedian: median(trivial) ?? Number.NaN,
    stepErrorOfMedianQuartiles: quartiles(trivial),
    concordance: shareInOrder(forecasts, end, ({ step }) => step),
    forecasts,
  };
}

/** Of the pairs of one fold that differ in `truth`, the share that `said` puts in the same order. */
function shareInOrder(
  forecasts: readonly HeldOutForecast[],
  truth: (run: HeldOutForecast) => number,
  said: (run: HeldOutForecast) => number,
): number {
  let [right, pairs] = [0, 0];
  for (const low of forecasts) {
    for (const high of forecasts) {
      if (low.fold !== high.fold || !(truth(low) < truth(high))) continue;
      pairs++;
      right += said(low) < said(high) ? 1 : said(low) === said(high) ? 0.5 : 0;
    }
  }
  return right / pairs;
}

function quartiles(errors: readonly number[]): [number, number] {
  return [quantile(errors, 0.25) ?? Number.NaN, quantile(errors, 0.75) ?? Number.NaN];
}
