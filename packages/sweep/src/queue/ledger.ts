import type { Summary } from "@grok/train";

/** Files of a run folder, by their names in it: `metrics.jsonl`, `checkpoints/step-….safetensors`. */
export type FileMap = ReadonlyMap<string, Uint8Array>;

/** What is known of a run that somebody took or ended. */
export interface RunRecord {
  /** Grows by one whenever a worker takes the run; only the newest may write. */
  token: number;
  /** How often it was taken since it last got further. */
  claims: number;
  /** Who took it last. */
  worker: string | null;
  /** The step of its newest checkpoint here. */
  step: number;
  /** How it ended; null while it has not. */
  state: "done" | "failed" | null;
  summary: Summary | null;
  /** Why it failed, in a sentence. */
  error: string | null;
  /** Whether its files are here. */
  hasFiles: boolean;
  /** Who has downloaded its files, and to which folder; null while nobody has. */
  gatheredBy: string | null;
  /** Failures of the run's own since it was last opened; a machine's do not count. */
  failures: number;
  /** Why it was last given back, in a sentence; null once it got further. */
  trouble: string | null;
  /** Results that were accepted: 0 or 1, and one more for each time that it was opened again. */
  commits: number;
  /** Writes that were refused because a newer token was out. */
  refused: number;
}

/** What a worker gets that takes a run. */
export type Claim =
  | { type: "taken"; token: number; claims: number; step: number; failures: number }
  /** Nothing is left to do: the job was delivered again. */
  | { type: "ended"; state: "done" | "failed" };

/** Why a run is given back, and what of that counts. */
export interface GivenBack {
  /** In a sentence; empty if the worker was merely stopped. */
  why: string;
  /**
   * `failure`: the run's own. `claim`: the run may be what ends its workers. Null: neither, as it is
   * the machine's or nobody's.
   */
  counts: "failure" | "claim" | null;
}

/** Runs that have ended, after a position, and the store that said so. */
export interface Ended {
  names: string[];
  position: number;
  /** Tells a store from one that has forgotten everything. */
  mark: string;
  /** The position of the last run that has ended. */
  last: number;
}

/** A change to a run's files in the store: these are put there, and checkpoints not kept leave. */
export interface FileChange {
  files: FileMap;
  /** Names of all checkpoints that the run has now. */
  keep: readonly string[];
}

/** How a run ended. */
export interface RunResult extends FileChange {
  state: "done" | "failed";
  summary: Summary | null;
  error: string | null;
}

/**
 * What holds of runs beside the queue, which may deliver a job more than once, or to two workers at
 * a time: who may write (the newest token), the checkpoint to continue from, and the one result.
 *
 * Each call is one transaction of the store. A call that was sent again after a broken connection
 * does what it would have done once.
 */
export interface Ledger {
  /**
   * Takes a run; its previous holder can write no more.
   *
   * @param holder names this claim, uniquely in the world
   */
  claim(name: string, claimant: { holder: string; worker: string }): Promise<Claim>;
  /** The run's files: of its newest checkpoint, or of its result. */
  files(name: string): Promise<FileMap>;
  /** Stores a checkpoint; false if the run is no longer the holder's. */
  advance(name: string, holder: string, step: number, change: FileChange): Promise<boolean>;
  /** Stores the result; false if the run is no longer the holder's. */
  commit(name: string, holder: string, result: RunResult): Promise<boolean>;
  /** Gives the run back: it is nobody's again. Returns how often it has failed of its own. */
  giveBack(name: string, holder: string, back: GivenBack): Promise<number>;
  /** What is known of runs, in their order; null for those never taken. */
  records(names: readonly string[]): Promise<(RunRecord | null)[]>;
  /** Runs in the order in which they ended, after a position; 0 is before the first. */
  endedSince(position: number, limit: number): Promise<Ended>;
  /**
   * Forgets how a run ended, and its files, so that it can be done again; false if its record is no
   * longer the one that the caller has seen, which had this many commits.
   */
  reopen(name: string, commits: number): Promise<boolean>;
  /** Notes that somebody has downloaded the run's files; they leave the store after so long. */
  gathered(name: string, by: string, keepSeconds: number): Promise<void>;
  /** Runs whose files have been downloaded and may leave the store: their time is over, or the store is full. */
  home(limit: number, options?: { isFull?: boolean }): Promise<string[]>;
  /** Takes a run's files out of the store for good. */
  drop(name: string): Promise<void>;
  /** Says that a worker lives, if one is named; gives how many do. */
  beat(worker?: string): Promise<number>;
  /** Those of the runs that have no job in the queue. */
  withoutJob(names: readonly string[]): Promise<string[]>;
  /** Lets the other jobs that wait go before a run's. */
  putBack(name: string): Promise<void>;
  close(): Promise<void>;
}
