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
  /** Who has taken its files home, and to which folder; null while nobody has. */
  gatheredBy: string | null;
  /** Results that were accepted: 0 or 1, and one more for each time that it was opened again. */
  commits: number;
  /** Writes that were refused because a newer token was out. */
  refused: number;
}

/** What a worker gets that takes a run. */
export type Claim =
  | { type: "taken"; token: number; claims: number; step: number }
  /** Nothing is left to do: the job was delivered again. */
  | { type: "ended"; state: "done" | "failed" };

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
 * a time: who may write (the newest token), the checkpoint to go on from, and the one result.
 *
 * Each call is one transaction of the store. A call that was sent again after a broken connection
 * does what it would have done once.
 */
export interface Ledger {
  /**
   * Takes a run: whoever had it can write no more.
   *
   * @param holder names this claim, uniquely in the world
   */
  claim(name: string, claimant: { holder: string; worker: string }): Promise<Claim>;
  /** The run's files: of its newest checkpoint, or of its result. */
  files(name: string): Promise<FileMap>;
  /** Stores a checkpoint; false where the run is no longer the holder's. */
  advance(name: string, holder: string, step: number, change: FileChange): Promise<boolean>;
  /** Stores the result; false where the run is no longer the holder's. */
  commit(name: string, holder: string, result: RunResult): Promise<boolean>;
  /** Gives the run back as nobody's fault, so that the claim does not count. */
  giveBack(name: string, holder: string): Promise<void>;
  /** What is known of runs, in their order; null for those never taken. */
  records(names: readonly string[]): Promise<(RunRecord | null)[]>;
  /** Runs in the order in which they ended, after a position; 0 is before the first. */
  endedSince(position: number, limit: number): Promise<{ names: string[]; position: number }>;
  /** Forgets how runs ended, and their files, so that they can be done again. */
  reopen(names: readonly string[]): Promise<void>;
  /** Notes that somebody has taken the run's files home; they leave the store after so long. */
  gathered(name: string, by: string, keepSeconds: number): Promise<void>;
  close(): Promise<void>;
}
