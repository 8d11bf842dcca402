import { readFileSync, readlinkSync } from "node:fs";

/** A process as the system's own list has it. */
export interface ProcessState {
  /** `R`, `S`, …; `Z` is a zombie, which has ended and waits for its parent to notice. */
  letter: string;
  /** When it began: the boot, and clock ticks since then. Tells it from a later one of the same id. */
  began: string;
}

/** What tells one running kernel from another; null if the system does not say. */
export function bootId(): string | null {
  return textOf("/proc/sys/kernel/random/boot_id");
}

/** What tells this process's list of process ids from another container's; null if the system has one. */
export function pidNamespace(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}

/** The state of this process, or of another one of its PID namespace; null if it cannot be seen. */
export function processState(pid: number): ProcessState | null {
  // In a new PID namespace /proc may still be the parent's, whose numbers are other processes'.
  const own = fieldsOf(textOf("/proc/self/stat"));
  const boot = bootId();
  if (own === null || boot === null || own.pid !== process.pid) return null;
  const found = pid === process.pid ? own : fieldsOf(textOf(`/proc/${pid}/stat`));
  return found === null ? null : { letter: found.letter, began: `${boot}/${found.ticks}` };
}

function fieldsOf(stat: string | null): { pid: number; letter: string; ticks: string } | null {
  if (stat === null) return null;
  // The second field is the command in parentheses, which may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [letter = "", ticks = ""] = [fields[0], fields[19]];
  return { pid: Number.parseInt(stat, 10), letter, ticks };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}
