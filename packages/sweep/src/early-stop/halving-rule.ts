import type { EarlyStop } from "./early-stop";
import { History } from "./history";

/** Settings of {@link halvingRule}. */
export interface HalvingRuleOptions {
  /** At each rung one in so many continues; default 3, as in the paper. */
  reduction?: number;
  /** Rungs, at shares 1/η, 1/η², … of a run's steps; default 3. */
  rungs?: number;
}

/**
 * Asynchronous successive halving (Li et al. 2020, ASHA, in the form that stops instead of pausing):
 * at each rung a run continues if its best validation accuracy is among the best 1/η of the runs that
 * came there so far; the first η − 1 always do.
 */
export function halvingRule({ reduction = 3, rungs = 3 }: HalvingRuleOptions = {}): EarlyStop {
  const history = new History();
  // Of each rung, what the runs that came there had; of each run, how many rungs it has passed.
  const scores = new Map<number, number[]>();
  const passed = new Map<string, number>();
  return {
    name: "halving",
    stops(run, observation, steps) {
      history.note(run, observation);
      const { step } = observation;
      const done = passed.get(run) ?? 0;
      if (done >= rungs) return false;
      const rung = rungs - done;
      if (step < steps / reduction ** rung) return false;
      passed.set(run, done + 1);
      const there = scores.get(rung) ?? [];
      const own = history.bestAt(run, step);
      there.push(own);
      scores.set(rung, there);
      if (there.length < reduction) return false;
      const better = there.filter((score) => score > own).length;
      return better >= Math.max(1, Math.floor(there.length / reduction));
    },
  };
}
