import type { Experiment } from "@grok/train";

/** One run of a sweep. */
export interface SweepRun {
  /** The hash of what decides the run's result, see `runName`; the run's folder has it, too. */
  readonly name: string;
  readonly experiment: Experiment;
}
