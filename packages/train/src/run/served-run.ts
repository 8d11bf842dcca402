import type { RunConfig } from "./config";
import type { EvaluationRecord, Summary } from "./record";

/** A run as `grok serve` lists it, and as the page reads that list. */
export interface ServedRun {
  /** Its path below the served folder, with `/` between. */
  name: string;
  /** When its folder was made, in milliseconds since 1970. */
  begun: number;
  /** Null if it cannot be read, for the reason in `problem`. */
  config: RunConfig | null;
  summary: Summary | null;
  /** Its newest whole record. */
  last: EvaluationRecord | null;
  /** Whether a process holds it, as while it is trained. */
  isInUse: boolean;
  problem: string | null;
}

/** The list of runs as `grok serve` gives it: all, or what has changed. */
export interface ServedRunList {
  /** False if some runs may be missing or old, for the reason in `problem`. */
  isWhole: boolean;
  problem: string | null;
  /** What to ask with as `since`, to be told only what changes after this. */
  version: string;
  /** The version since which this is what changed; null if these are all runs. */
  since: string | null;
  /** The newest first. */
  runs: ServedRun[];
  /** Names of runs that are gone. */
  removed: string[];
}

/** An extension that the page's server was started with. */
export interface ServedExtension {
  /** What it was loaded from, for people. */
  file: string;
  sha256: string;
  /** Its bundle's address, relative to that of the list. */
  path: string;
}
