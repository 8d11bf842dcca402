import { waits } from "../spec/awaited";
import { checkSweep } from "../spec/check";
import { expandSweep, sweepAxes } from "../spec/expand-sweep";
import type { SweepSpec } from "../spec/spec";
import type { SweepOptions } from "../spec/sweep-options";
import { futuresPlan } from "./futures-plan";
import type { SweepPlan } from "./sweep-plan";

/**
 * All runs of a sweep, in one round; of one with changes at t_mem or t_grok, their trunks come first.
 *
 * @throws SweepError as `expandSweep`
 */
export function planOf(spec: SweepSpec, options: SweepOptions = {}): SweepPlan {
  const sweep = checkSweep(spec, options);
  if (waits(sweep)) return { ...futuresPlan(sweep, options), spec };
  const runs = expandSweep(sweep, options);
  return {
    title: sweep.title ?? null,
    spec,
    axes: sweepAxes(sweep, options),
    maxRuns: runs.length,
    next: (before) => (before.length === 0 ? runs : []),
  };
}
