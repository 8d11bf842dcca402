import type { RunContent } from "./served-run";

/** A folder below the served one that was looked into: a run's, or one that may have some below it. */
export interface ServedPlace {
  /** The path below the served folder, with `/` between; of that folder itself, empty. */
  readonly name: string;
  readonly folder: string;
  readonly depth: number;
  isRun: boolean;
  /** The folders in it that were looked into. */
  readonly children: Set<string>;
  /** Changes when the folder does, or what is read of the run. */
  signature: string | null;
  /** What was read of the run, if anything. */
  content: RunContent | null;
  isInUse: boolean;
  /** When something was seen to change in it, in milliseconds of `performance.now()`. */
  changed: number;
}

/** A folder that was just found. */
export function foundPlace(name: string, folder: string, depth: number): ServedPlace {
  const unread = { isRun: false, signature: null, content: null, isInUse: false };
  return { name, folder, depth, ...unread, children: new Set(), changed: performance.now() };
}
