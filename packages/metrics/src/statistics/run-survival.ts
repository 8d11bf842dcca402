import type { Survival } from "./kaplan-meier";

/** What {@link survivalOfRun} needs to know of a run. */
export interface RunTime {
  /** Null if it has not grokked. */
  readonly t_grok: number | null;
  /** The last step that was evaluated. */
  readonly step: number;
  /** Whether it broke off, e.g. because the loss was NaN. Default false. */
  readonly hasFailed?: boolean;
  /** The steps it was to make; default `step`. */
  readonly planned?: number;
}

/**
 * A run's time to grok as survival data. A run that diverged never groks: it counts as watched for all
 * the steps it was to make and is not left out, as a setting at which half of the runs diverge would
 * else seem as good as the other half.
 *
 * @example
 * kaplanMeier(runs.map(survivalOfRun)).median;
 */
export function survivalOfRun({
  t_grok,
  step,
  hasFailed = false,
  planned = step,
}: RunTime): Survival {
  if (t_grok !== null) return { time: t_grok, happened: true };
  return { time: hasFailed ? Math.max(planned, step) : step, happened: false };
}
