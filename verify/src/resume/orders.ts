/** What a process that is watched is told by the one that watches, in the environment. */
export interface Orders {
  /** The folder above the run's; what is written elsewhere does not count. */
  folder: string;
  /** Where the process dies, if it is to die of itself. */
  death?: Death;
  /** Which operation fails, if one is to. */
  failure?: Failure;
}

/** The variable that orders come in. */
export const ordersVariable = "GROK_VERIFY_ORDERS";

/** The file descriptor that what happens is told on. */
export const journalDescriptor = 3;

/**
 * How a process dies before an operation: killed; killed in the middle of a write, half of which
 * arrived; or with a loss of power, in which all is lost that was not flushed: `late`, with the
 * names of a folder as they were when it was last flushed; `early`, with the names as they are, and
 * contents as they were flushed.
 */
export type Death = { before: number; how: "kill" | "torn" | "power late" | "power early" };

/** An operation that fails: the n-th of a kind on files whose path has that ending. */
export interface Failure {
  kind: string;
  ending: string;
  nth: number;
  code: string;
}

/** What a watched process told: an operation that it is about to do, or what the run does now. */
export type Entry =
  | { type: "operation"; kind: string; path: string }
  | { type: "phase"; name: string };

/** An entry as a line. */
export function lineOf(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** The entries of whole lines. */
export function entriesIn(text: string): Entry[] {
  const lines = text.split("\n");
  // A process that is killed may leave a line torn.
  lines.pop();
  return lines.map((line) => JSON.parse(line) as Entry);
}
