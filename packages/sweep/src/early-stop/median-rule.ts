import type { EarlyStop } from "./early-stop";
import { History } from "./history";

/** Settings of {@link medianRule}. */
export interface MedianRuleOptions {
  /** Share of a run's steps before which nothing is stopped; default 0.25. */
  grace?: number;
  /** Other runs that must have come as far; default 5. */
  leastRuns?: number;
}

/**
 * The median rule (Golovin et al. 2017, Google Vizier, there of running averages): a run is stopped
 * where its best validation accuracy so far is below the median of what the others had at that step.
 *
 * Grokking comes late and all at once, so that what it stops might have grokked: see the README for
 * how often it did.
 */
export function medianRule({ grace = 0.25, leastRuns = 5 }: MedianRuleOptions = {}): EarlyStop {
  const history = new History();
  return {
    name: "median",
    stops(run, observation, steps) {
      history.note(run, observation);
      if (observation.step < grace * steps) return false;
      const others = history.othersAt(run, observation.step);
      if (others.length < leastRuns) return false;
      others.sort((a, b) => a - b);
      const middle = others.length / 2;
      const median =
        ((others[Math.ceil(middle) - 1] as number) + (others[Math.floor(middle)] as number)) / 2;
      return history.bestAt(run, observation.step) < median;
    },
  };
}
