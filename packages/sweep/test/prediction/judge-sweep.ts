import { type HeldOutForecast, judgeForecast, type KnownRun } from "@grok/metrics/prediction";
import { type Interval, intervalOf } from "./bootstrap";

/** A run of a sweep, brought to its end. */
export interface SweptRun extends KnownRun {
  /** What it shares with the runs that differ in their seed only. */
  readonly cell: string;
  readonly seed: string;
  readonly settings: readonly number[];
}

/** What a forecast looks at; the base rate and the median of the runs learned from need nothing. */
type Source = "signs" | "settings" | "both";

/** How good the forecasts from one source were, at one step, on runs held out in one way. */
export interface Verdict {
  readonly heldOut: "seeds" | "cells";
  /** "quiet": only runs whose val_acc has never been above {@link quietBelow} yet. */
  readonly runsOf: "all" | "quiet";
  readonly at: number;
  readonly from: Source;
  readonly runs: number;
  readonly grokked: number;
  readonly brier: number;
  readonly brierOfBaseRate: number;
  /** Base rate's Brier score less this one's, with its 95% interval: above 0 is better than it. */
  readonly gain: Interval;
  /** The same beside the forecast from settings. */
  readonly gainOverSettings: Interval;
  readonly auroc: number;
  /** |log₂(forecast/t_grok)| of the runs that grok: quartiles, and those of the trivial forecast. */
  readonly stepError: readonly number[];
  readonly stepErrorOfMedian: readonly number[];
  /** Of pairs in which at least one groks; runs that never grok count as later. */
  readonly concordance: number;
}

/** A run is quiet while no val_acc was above this. */
export const quietBelow = 0.1;

/**
 * Cells are dealt into five folds ten times, and scores are means over the deals: which cells are
 * held out together matters. Of seeds each is a fold of its own, which leaves one deal.
 */
const deals = { seeds: [0], cells: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };

/**
 * Judges what can be told of runs at each of some steps, with seeds held out and, separately, cells.
 *
 * @param horizon the steps of every run
 */
export function judgeSweep(
  runs: readonly SweptRun[],
  { moments, horizon }: { moments: readonly number[]; horizon: number },
): Verdict[] {
  return (["seeds", "cells"] as const).flatMap((heldOut) =>
    (["all", "quiet"] as const).flatMap((runsOf) =>
      moments.flatMap((at) => {
        const chosen = runsOf === "all" ? runs : runs.filter((run) => isQuiet(run, at));
        const verdicts = judgeAt(chosen, { at, horizon, heldOut });
        return verdicts.map((verdict) => ({ heldOut, runsOf, at, ...verdict }));
      }),
    ),
  );
}

function isQuiet({ records }: SweptRun, at: number): boolean {
  return records.every(({ step, val_acc }) => step > at || val_acc <= quietBelow);
}

function judgeAt(
  runs: readonly SweptRun[],
  { at, horizon, heldOut }: { at: number; horizon: number; heldOut: "seeds" | "cells" },
) {
  const groups = runs.map(({ cell, seed }) => (heldOut === "cells" ? cell : seed));
  const folds = heldOut === "cells" ? 5 : new Set(groups).size;
  const judged = (["signs", "settings", "both"] as const).map((from) => {
    const judgements = deals[heldOut].map((seed) =>
      judgeForecast(runs, { at, horizon, from, groups, folds, seed }),
    );
    return { from, judgements, errors: squaredErrors(judgements.flatMap((j) => j.forecasts)) };
  });
  const settings = judged.find(({ from }) => from === "settings")?.errors ?? new Map();
  return judged.map(({ from, judgements, errors }) => {
    const mean = (of: (judgement: (typeof judgements)[number]) => number) =>
      judgements.reduce((sum, judgement) => sum + of(judgement), 0) / judgements.length;
    /** Runs of a cell are alike, so that cells and not runs are drawn again. */
    const intervalBetween = (other: (run: number) => number) =>
      intervalOf(
        [...errors].map(([run, { own }]) => ({
          cluster: runs[run]?.cell ?? "",
          value: other(run) - own,
        })),
      );
    const [{ runs: count, grokked } = { runs: 0, grokked: 0 }] = judgements;
    return {
      from,
      runs: count,
      grokked,
      brier: mean(({ brier }) => brier),
      brierOfBaseRate: mean(({ brierOfBaseRate }) => brierOfBaseRate),
      gain: intervalBetween((run) => errors.get(run)?.base ?? Number.NaN),
      gainOverSettings: intervalBetween((run) => settings.get(run)?.own ?? Number.NaN),
      auroc: mean(({ auroc }) => auroc),
      stepError: [
        mean(({ stepErrorQuartiles }) => stepErrorQuartiles[0]),
        mean(({ stepError }) => stepError),
        mean(({ stepErrorQuartiles }) => stepErrorQuartiles[1]),
      ],
      stepErrorOfMedian: [
        mean(({ stepErrorOfMedianQuartiles }) => stepErrorOfMedianQuartiles[0]),
        mean(({ stepErrorOfMedian }) => stepErrorOfMedian),
        mean(({ stepErrorOfMedianQuartiles }) => stepErrorOfMedianQuartiles[1]),
      ],
      concordance: mean(({ concordance }) => concordance),
    };
  });
}

/** Per run the mean over deals of the forecast's squared error, and of the base rate's. */
function squaredErrors(forecasts: readonly HeldOutForecast[]) {
  const errors = new Map<number, { own: number; base: number; deals: number }>();
  for (const { run, probability, baseRate, tGrok } of forecasts) {
    const sofar = errors.get(run) ?? { own: 0, base: 0, deals: 0 };
    const outcome = tGrok === null ? 0 : 1;
    const share = 1 / (sofar.deals + 1);
    errors.set(run, {
      own: sofar.own + share * ((probability - outcome) ** 2 - sofar.own),
      base: sofar.base + share * ((baseRate - outcome) ** 2 - sofar.base),
      deals: sofar.deals + 1,
    });
  }
  return errors;
}
