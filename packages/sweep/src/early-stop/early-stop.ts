import type { EvaluationRecord } from "@grok/train";

/** What a rule is told of an evaluation. */
export type Observation = Pick<EvaluationRecord, "step" | "val_acc"> &
  Partial<Pick<EvaluationRecord, "val_explained">>;

/**
 * Decides during a sweep whether a run is worth going on with, by how the other runs of the sweep
 * did at the same step.
 */
export interface EarlyStop {
  /** The rule, as sweep.json tells of a run that it stopped. */
  readonly name: string;
  /**
   * Takes note of an evaluation of a run, and says whether the run is to be stopped there.
   *
   * @param steps the run's last step, if it continues
   */
  stops(run: string, observation: Observation, steps: number): boolean;
}
