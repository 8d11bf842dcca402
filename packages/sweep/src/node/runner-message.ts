import type { Experiment, Summary, TrainEvent } from "@grok/train";
import type { SweepRun } from "../run/sweep-run";

/** A run, and the folder that it is in or goes into. */
export interface RunTask {
  readonly run: SweepRun;
  readonly folder: string;
}

/** What a runner tells of a run: the events of `train`, but for its end. */
export type RunEvent = Exclude<TrainEvent, { type: "end" }>;

/** What a runner's process is told first, as its only argument. */
export interface RunnerSettings {
  readonly threads: number | null;
  readonly backend: Experiment["backend"];
}

/**
 * Whose fault it is that a run came to no end: its own; the machine's, as its disk is full; what
 * computes here, which is not what the run began on; or it is not known, as the process died.
 */
export type Fault = "run" | "machine" | "environment" | "process";

/** What the parent tells the process. */
export type ToProcess = { type: "run"; task: RunTask } | { type: "stop" };

/** What the process tells its parent. */
export type FromProcess =
  | { type: "event"; event: RunEvent }
  | { type: "done"; summary: Summary }
  | { type: "error"; fault: Fault; message: string };
