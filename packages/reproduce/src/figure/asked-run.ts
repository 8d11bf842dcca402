import type { Setting, SweepRun } from "@grok/sweep";

/** A run that a figure asks for. */
export interface AskedRun extends SweepRun {
  readonly arm: string;
  readonly settings: Readonly<Record<string, Setting>>;
  /** The command that makes this run by itself. */
  readonly command: string;
  /** CPU seconds, as measured here. */
  readonly seconds: number;
}
