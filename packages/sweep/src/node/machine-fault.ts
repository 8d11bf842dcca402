import { EnvironmentError } from "@grok/train";
import type { Fault } from "./runner-message";

/** What the system refuses a process for reasons that are the machine's and not the run's. */
const codes: Readonly<Record<string, string>> = {
  ENOSPC: "its disk is full",
  EDQUOT: "the quota of its disk is used up",
  EROFS: "its disk can only be read",
  EIO: "its disk fails",
  ESTALE: "its network disk is gone",
  ENODEV: "a device is gone",
  EACCES: "it may not write there",
  EPERM: "it may not write there",
  ENOMEM: "it has no memory left",
  EAGAIN: "it takes no more processes or threads",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ERR_WORKER_OUT_OF_MEMORY: "it has no memory left",
  ERR_WORKER_INIT_FAILED: "it takes no more threads",
};

const memory =
  /allocation failed|out of memory|could not allocate|cannot allocate|Cannot grow|Invalid array buffer length/i;

/**
 * Says why an error is the machine's fault: its disk, its memory, its threads. Another machine may
 * well do the same run.
 *
 * @returns the reason as a part of a sentence; null for an error of the run's own
 */
export function machineFault(error: unknown): string | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code, path, message, name } = each as NodeJS.ErrnoException;
    const reason = code === undefined ? undefined : codes[code];
    if (reason !== undefined) return path === undefined ? reason : `${reason} (${path})`;
    if (memory.test(message)) return "it has no memory left";
    if (name === "DeviceError") return `its graphics device fails: ${message}`;
  }
  return null;
}

/** An error of the machine's, in a sentence of ours. */
export class MachineError extends Error {
  override name = "MachineError";
}

/** Whose fault it is that a run came to no end. */
export function faultOf(error: unknown): Fault {
  if (error instanceof MachineError || machineFault(error) !== null) return "machine";
  return error instanceof EnvironmentError ? "environment" : "run";
}
