import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { printable } from "../experiment/printable";
import { bootId, pidNamespace, processState } from "./process-state";

/** The process that holds a folder, as its lock file names it. */
export interface Holder {
  pid: number;
  host: string;
  /** When the process began, in the system's own words; tells it from a later one of the same id. */
  began: string | null;
  id: string;
  /** The running kernel, and the list of process ids that `pid` is in. Earlier versions lack these. */
  boot?: string | null;
  namespace?: string | null;
  /** Milliseconds within which the holder renews the file. Earlier versions lack it and renew nothing. */
  lease?: number;
}

/** This process as a holder. */
export type OwnHolder = Holder & { lease: number };

/** This process as a holder that renews its lock within this many milliseconds. */
export function currentHolder(lease: number): OwnHolder {
  const { pid } = process;
  const began = processState(pid)?.began ?? null;
  const place = { host: hostname(), boot: bootId(), namespace: pidNamespace() };
  return { pid, ...place, began, id: randomUUID(), lease };
}

/** Reads a lock file's text; null if it names no holder. */
export function parseHolder(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder;
    const { pid, host, lease } = holder;
    const isHolder = Number.isSafeInteger(pid) && typeof host === "string";
    // A lease is waited for, so that it cannot be anything.
    const isLease = lease === undefined || (lease > 0 && lease <= maxLease);
    return isHolder && isLease ? holder : null;
  } catch {
    return null;
  }
}

/** The longest lease that is believed, in milliseconds. */
const maxLease = 600_000;

/**
 * What can be known of a holder from here: `unseen` is one in another container, on another machine
 * or before a restart, which only its lease shows.
 */
export function standingOf(holder: Holder): "alive" | "dead" | "unseen" {
  const { pid, began } = holder;
  if (!isSeen(holder)) return "unseen";
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return "dead";
  }
  const state = processState(pid);
  if (state === null) return "alive";
  return state.letter !== "Z" && (began === null || state.began === began) ? "alive" : "dead";
}

/** Whether the holder's process id means the same process here. */
function isSeen({ host, boot, namespace, lease }: Holder): boolean {
  // Earlier versions knew a process by host name and number.
  if (lease === undefined) return host === hostname();
  const here = { boot: bootId(), namespace: pidNamespace() };
  if (boot !== here.boot || namespace !== here.namespace) return false;
  // A system without such names has no containers of its own; a Linux that hides them says nothing.
  return boot !== null || (process.platform !== "linux" && host === hostname());
}

/** Whether a holder that is not seen was probably on this machine, before it was restarted. */
export function mayBeOfEarlierBoot({ host, boot, lease }: Holder): boolean {
  const here = bootId();
  return lease !== undefined && host === hostname() && here !== null && !!boot && boot !== here;
}

/** A holder as the middle of a sentence: `process 7 on HOST`. */
export function holderText(holder: Holder): string {
  const process = `process ${holder.pid}`;
  if (isSeen(holder)) return process;
  if (holder.lease !== undefined && holder.boot !== null && holder.boot === bootId()) {
    return `${process} in another container of this machine (PID namespace ${printable(String(holder.namespace))})`;
  }
  const host = printable(holder.host);
  return mayBeOfEarlierBoot(holder)
    ? `${process} on ${host} before it was restarted, or on another machine of that name`
    : `${process} on ${host}`;
}
