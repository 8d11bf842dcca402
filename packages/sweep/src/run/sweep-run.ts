import type { Experiment } from "@grok/train";
import type { Setting } from "../state/setting";

/** One run of a sweep. */
export interface SweepRun {
  /** The hash of what decides the run's result, see `runName`; the run's folder has it, too. */
  readonly name: string;
  readonly experiment: Experiment;
  /**
   * What the sweep calls some of its settings, by axis, if the experiment calls them otherwise: a change
   * at t_mem is one at some step there.
   */
  readonly settings?: Readonly<Record<string, Setting>>;
}
