import type { LoadedExtension, Summary } from "@grok/train";
import type { SweepRun } from "../run/sweep-run";
import type { QueueSettings } from "./open-store";
import type { RunProgress } from "./run-progress";

/** Settings of `followQueue`. */
export interface FollowOptions extends QueueSettings {
  runs: readonly SweepRun[];
  /** The sweep's folder; runs that have ended as planned there are left alone. */
  folder: string;
  /** Whose kinds the runs are made of; default none. Jobs carry their names and digests only. */
  extensions?: readonly LoadedExtension[];
  /** Hours that results stay in the queue's store, or in the shared folder, once they are here; default 24. */
  keepHours?: number;
  /** Does runs again whose results were gathered elsewhere and have left the store. */
  again?: boolean;
  /** Stops following; the workers continue. */
  signal?: AbortSignal;
  /** Milliseconds between looks at the queue; default 1000. */
  everyMs?: number;
  /** Milliseconds between looks whether the queue still has what is waited for; default 10,000. */
  recheckMs?: number;
  /** Called with what happens. */
  onEvent?: (event: FollowEvent) => void;
}

/** What following tells. */
export type FollowEvent =
  /** How many runs there are, were here already, had ended on the queue, and are its jobs now. */
  | { type: "added"; runs: number; here: number; ended: number; jobs: number }
  /** The jobs of the queue by their state, also those of other sweeps, and the workers there are. */
  | { type: "counts"; waiting: number; active: number; workers: number }
  | { type: "progress"; name: string; progress: RunProgress }
  /** The run is in the sweep's folder. */
  | { type: "ended"; name: string; summary: Summary }
  /** The queue had forgotten so many runs, and has them again; or their results were not what they should be. */
  | { type: "again"; runs: number }
  /** A worker could not do the run, and why; it is another's turn. */
  | { type: "waiting"; name: string; why: string }
  /** The run came to no summary. */
  | { type: "failed"; name: string; error: string };

/** Where following ended. */
export interface Followed {
  /** Runs that are in the folder and ended as planned. */
  done: number;
  failed: number;
  /** Runs that are still the queue's. */
  left: number;
}
