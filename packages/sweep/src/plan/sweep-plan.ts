import type { SweepRun } from "../run/sweep-run";
import type { MissingRun, RunState } from "../state/sweep-state";

/** Which runs a sweep does, round after round. */
export interface SweepPlan {
  readonly title: string | null;
  /** What was asked for, as sweep.json keeps it. */
  readonly spec: unknown;
  /** The flags that vary, the slowest first. */
  readonly axes: readonly string[];
  /** How many runs there will be, at most. */
  readonly maxRuns: number;
  /**
   * The runs of the next round; none when the sweep is over. What they are depends on nothing but
   * how the runs before them ended.
   */
  next(before: readonly RunState[]): SweepRun[];
  /** Runs that cannot be, as those before them ended as they did; default none. */
  missing?(before: readonly RunState[]): MissingRun[];
}
