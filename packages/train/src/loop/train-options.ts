import type { Parameters } from "@grok/models";
import type { Extensions } from "../kind/extension";
import type { Checkpoint } from "../run/checkpoint";
import type { Environment } from "../run/environment";
import type { RunStore } from "../run/store";
import type { Phase } from "./phase";

/** Columns of a record by name; null if one is not defined. */
export type ExtraColumns = Record<string, number | null>;

/** What continues with a run whose device was lost. */
export interface Recovery {
  /** What computes from here on. */
  environment?: Partial<Environment>;
  /** How many threads it computes on. */
  threads?: number;
}

/** Settings of `train`. */
export interface TrainOptions {
  /** Whose kinds the experiment is made of besides those that are built in; default none. */
  extensions?: Extensions;
  /** Where the run is written; nowhere by default. The caller closes it. */
  store?: RunStore;
  /** A checkpoint of the same experiment to continue from. */
  resumeFrom?: Checkpoint | null;
  /** Ends the run soon after it is aborted, with a checkpoint of that very step. */
  signal?: AbortSignal;
  /** Ends the run once it has made so many updates in all, as if aborted there. */
  until?: number;
  /** What computes, for the checkpoints; by default what this package knows of that. */
  environment?: Partial<Environment>;
  /** How many threads the backend computes on, for the summary; default what the experiment asks for. */
  threads?: number;
  /** Why this backend computes, for the summary, where it was chosen by measuring. */
  choice?: string;
  /**
   * Columns besides those of the experiment's `metrics`, at each evaluation; it must not keep or dispose
   * of the parameters. A run that has such columns is resumed with it, or with null to end them.
   */
  measure?:
    | ((parameters: Readonly<Parameters>, step: number) => ExtraColumns | Promise<ExtraColumns>)
    | null;
  /**
   * Is asked, when training throws, whether it can continue: it makes a backend tfjs's current one and
   * says which backend runs now, or gives null if no device caused the error. The run then continues
   * from its last evaluation or checkpoint, which for this is kept in memory; summary.json says so.
   */
  recover?: (error: unknown) => Promise<Recovery | null>;
  /** Is told what the run is doing, when that changes. */
  onPhase?: (phase: Phase) => void;
  /** Milliseconds between progress events, at least; default 100. */
  progressMs?: number;
}
