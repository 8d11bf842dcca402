import type { Experiment, LoadedExtension } from "@grok/train";
import type { SweepRun } from "../run/sweep-run";
import type { Delivery, DeliveryEvent } from "./delivery";
import type { QueueSettings } from "./open-store";

/** Settings of `startWorker`. */
export interface QueueWorkerOptions extends QueueSettings {
  /** Runs at a time; default 1. */
  jobs?: number;
  /** Threads of each run; default as many as there are processors. */
  threads?: number;
  /** The backend of runs that begin here; default what each asks for. */
  backend?: Experiment["backend"];
  /**
   * Extensions whose runs this worker does, by their digests; a run that needs others is left to other
   * workers. Default none.
   */
  extensions?: readonly LoadedExtension[];
  /** Where runs lie while they are done here; default a folder of this user's in the system's for temporary files. */
  dir?: string;
  /** Ends after one run, or after this many milliseconds without one; default never. */
  until?: { once: true } | { idleMs: number };
  /** Milliseconds until a job of a worker that died is another's; default 30,000 (BullMQ's). */
  lockMs?: number;
  /** Milliseconds between checkpoints that are stored; default 10,000. A run's last one always is. */
  storeEveryMs?: number;
  /** Bytes of a run's files that go through the queue's store; default 256 MiB. */
  maxRunBytes?: number;
  /** Milliseconds without runs after this machine could not do one; default 5,000, doubled each time up to 5 minutes. */
  restMs?: number;
  /** Is told what happens. */
  onEvent?: (event: QueueWorkerEvent) => void;
}

/** What a worker tells. */
export type QueueWorkerEvent =
  | { type: "delivery"; run: SweepRun; event: DeliveryEvent }
  | { type: "delivered"; run: SweepRun; delivery: Delivery }
  /** A job that is no run was failed. */
  | { type: "refused"; job: string; reason: string }
  /** A run came to no end here for a reason of its own, and is tried again. */
  | { type: "failed"; run: SweepRun; reason: string }
  /** This worker leaves the run to others. */
  | { type: "left"; run: SweepRun; reason: string }
  /** This machine cannot do runs: the worker takes none for so long. */
  | { type: "resting"; reason: string; ms: number };

/** A worker at work. */
export interface QueueWorker {
  /** Who it says it is. */
  readonly name: string;
  /** The queue as it may be shown: its name, and its store without a password. */
  readonly queue: string;
  /**
   * Resolves when it has ended: asked to, or as `until` says. Rejects with a `QueueError` if it ended
   * as the store is of no use any more, or, with `until: { once: true }`, as the machine could not do
   * the run.
   */
  readonly ended: Promise<void>;
  /** Takes no more runs, gives those it has back with their newest checkpoint, and ends. */
  stop(): Promise<void>;
}

/** Whether a worker ends after one run. */
export function isOnce({ until }: QueueWorkerOptions): boolean {
  return until !== undefined && "once" in until;
}
