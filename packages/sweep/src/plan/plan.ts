import type { SweepRun } from "../run/sweep-run";
import { waits } from "../spec/awaited";
import { checkSweep } from "../spec/check";
import { expandSweep, sweepAxes } from "../spec/expand-sweep";
import type { SweepSpec } from "../spec/spec";
import type { SweepOptions } from "../spec/sweep-options";
import type { MissingRun, RunState } from "../state/sweep-state";
import { futuresPlan } from "./futures-plan";

/** Which runs a sweep does, round after round. */
export interface SweepPlan {
  readonly title: string | null;
  /** What was asked for, as sweep.json keeps it. */
  readonly spec: unknown;
  /** The flags that vary, the slowest first. */
  readonly axes: readonly string[];
  /** How many runs there will be, at most. */
  readonly most: number;
  /**
   * The runs of the next round; none when the sweep is over. What they are depends on nothing but
   * how the runs before them ended.
   */
  next(before: readonly RunState[]): SweepRun[];
  /** Runs that cannot be, as those before them ended as they did; default none. */
  missing?(before: readonly RunState[]): MissingRun[];
}

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
    most: runs.length,
    next: (before) => (before.length === 0 ? runs : []),
  };
}
