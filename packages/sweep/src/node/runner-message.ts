import type { Experiment, Summary, TrainEvent } from "@grok/train";
import type { ExtensionFile } from "@grok/train/node";
import type { SweepRun } from "../run/sweep-run";

/** A run, and the folder that it is in or goes into. */
export interface RunTask {
  readonly run: SweepRun;
  readonly folder: string;
  /** Names of runs beside it with which it is the same up to some step; see `trunksOf`. */
  readonly trunks?: readonly string[];
}

/** A run waits for something; a sentence says for what, and for how long at most. */
export interface WaitingEvent {
  type: "waiting";
  reason: string;
}

/** What should be known of how a run continues, in a sentence. */
export interface NoticeEvent {
  type: "notice";
  text: string;
}

/** What a runner reports about a run: the events of `train` except its end, waits and notices. */
export type RunEvent = Exclude<TrainEvent, { type: "end" }> | WaitingEvent | NoticeEvent;

/** What a runner's process is told first, as its only argument. */
export interface RunnerSettings {
  readonly threads: number | null;
  readonly backend: Experiment["backend"];
  /** Whether a run's folder is taken from a process that cannot be seen from here, after its lease. */
  readonly takeOver: boolean;
  /** Whether a run continues where another environment may give other numbers; null: nobody can ask for it. */
  readonly allowChanges: boolean | null;
  readonly extensions: readonly ExtensionFile[];
  /** Data files that the parent has read. */
  readonly data: readonly { readonly path: string; readonly sha256: string }[];
}

/**
 * Whose fault it is that a run came to no end: its own; the machine's, as its disk is full; that the
 * machine is unfit for this run alone, as it computes otherwise than where the run began, or has less
 * memory than the run needs; or it is not known, as the process died.
 */
export type Fault = "run" | "machine" | "unfit" | "process";

/** What the parent tells the process. */
export type ToProcess = { type: "run"; task: RunTask } | { type: "stop" };

/** What the process tells its parent. */
export type FromProcess =
  | { type: "event"; event: RunEvent }
  | { type: "done"; summary: Summary }
  | { type: "error"; fault: Fault; message: string };
