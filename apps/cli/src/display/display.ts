import type { EvaluationRecord } from "@grok/train";
import type { RunStatus } from "./run-status";

/** Shows a run in progress. */
export interface Display {
  /** Steps have been made. */
  progress(status: RunStatus): void;
  /** The network has been evaluated. */
  evaluation(record: EvaluationRecord, status: RunStatus): void;
  /** Something happened for the first time; the evaluation that told it was shown before. */
  milestone(name: "t_mem" | "t_grok", status: RunStatus): void;
  /** Says something in words; whole lines. */
  message(text: string): void;
  /** Leaves the screen as a reader should find it. May be called again. */
  close(): void;
}
