import type { Environment } from "./environment";
import type { EvaluationRecord, Summary } from "./record";

/**
 * Where a run is written as it goes. `@grok/train/node` keeps it in a folder; a page can keep it
 * elsewhere. Each call resolves once what it was given would survive a crash.
 */
export interface RunStore {
  /** Adds a line to the metrics. */
  append(record: EvaluationRecord): Promise<void>;
  /** Stores a checkpoint, whole or not at all, and drops older ones; gives the name it has. */
  saveCheckpoint(step: number, bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /** Notes that something else computes the run from a step on. */
  handOver?(environment: Environment, step: number): Promise<void>;
  /** Versions of the packages that compute, as far as the store knows more of them than the trainer. */
  readonly versions?: Environment["versions"];
  /**
   * Aborted, with the reason, once nothing may be written any more, as another process has taken the
   * run over; the run then ends as failed, soon.
   */
  readonly lost?: AbortSignal | undefined;
  /** Stores how the run ended. */
  finish(summary: Summary): Promise<void>;
}
