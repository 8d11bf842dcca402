import { join } from "node:path";
import { differencesBetween } from "./compare";
import { proceed, runName, type SeriesOptions } from "./series";
import type { Watched } from "./watched";

/** The outcome of a fault. */
export interface FaultResult {
  fault: string;
  /** What the command said, in the sentence that reports the fault. */
  said: string;
  differences: string[];
  /** Why it could not be tried here. */
  skipped?: string;
}

/** A run that a fault is done to. */
export interface Case {
  options: SeriesOptions;
  reference: { folder: string; process: Watched };
  /** A folder of its own. */
  folder: string;
}

/** A fault: does it to a run, lets the run continue, and gives what was said of it and what differs. */
export interface Fault {
  fault: string;
  run: (each: Case) => Promise<Omit<FaultResult, "fault">>;
}

/** What a process said, and what was wrong with that. */
interface Said {
  said: string;
  differences: string[];
}

/** Lets the run continue to its end and compares it with the unbroken one. */
export async function afterwards(
  { options, reference, folder }: Case,
  { said, differences }: Said,
  more: string[] = [],
): Promise<Said> {
  const end = await proceed(options, folder);
  if (end.status !== 0) more.push(`it did not continue: ${end.text.trim().split("\n").at(-1)}`);
  const found = await differencesBetween(reference.folder, join(folder, runName));
  return { said, differences: [...differences, ...more, ...found] };
}

/** Looks for the sentence that a fault must be told in, and at the exit status. */
export function saidOf({ text, status }: Watched, sentence: RegExp, statuses: number[]): Said {
  const said = text.split("\n").find((line) => sentence.test(line));
  const differences: string[] = [];
  if (said === undefined) differences.push(`it did not say ${String(sentence)}, but: ${text}`);
  if (status === null || !statuses.includes(status)) {
    differences.push(`it ended with status ${status}, not ${statuses.join(" or ")}`);
  }
  if (/\n\s+at /.test(text)) differences.push("it showed a stack trace");
  return { said: said ?? "", differences };
}
