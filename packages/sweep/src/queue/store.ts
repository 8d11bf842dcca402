import type { Processor, WorkerOptions } from "bullmq";
import type { FileTransport } from "./file-transport";
import type { JobData, JobError } from "./job";
import type { Ledger } from "./ledger";
import type { QueueJobs } from "./queue-jobs";
import type { RunWorker } from "./run-worker";
import type { StoreWaits } from "./store-waits";

/** What does a job. */
export type RunProcessor = Processor<JobData | JobError, unknown, string>;

/** A queue in its store, and the runs' ledger beside it. */
export interface QueueStore {
  /** The store as it may be shown, without a password. */
  readonly shown: string;
  readonly name: string;
  readonly waits: StoreWaits;
  readonly ledger: Ledger;
  readonly transport: FileTransport;
  /** Whether the store answers at this moment; asks it, for this many milliseconds. */
  answers(ms: number): Promise<boolean>;
  /** Opens the queue for adding and looking; who opens it closes it. */
  openJobs(): QueueJobs;
  /** Makes a worker that does not run yet. */
  createWorker(processor: RunProcessor, options: Omit<WorkerOptions, "connection">): RunWorker;
  /** Says what an error of the store means, in a sentence. */
  explain(error: Error): string;
  close(): Promise<void>;
}

/** Called with trouble with the store that passes by itself, in a sentence. */
export type OnTrouble = (sentence: string) => void;
