import { EnvironmentError, InsufficientMemoryError } from "@grok/train";
import { systemRefusal } from "@grok/train/front-end";
import type { Fault } from "./runner-message";

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
    const refusal = systemRefusal(each);
    if (refusal !== null && refusal.blame !== "request") return refusal.reason;
    const { message, name } = each;
    if (memory.test(message)) return "the machine is out of memory";
    if (name === "DeviceError") return `the graphics device fails: ${message}`;
  }
  return null;
}

/** An error of the machine's, in a sentence of ours. */
export class MachineError extends Error {
  override name = "MachineError";
}

/** Whose fault it is that a run came to no end. */
export function faultOf(error: unknown): Fault {
  if (error instanceof EnvironmentError || error instanceof InsufficientMemoryError) return "unfit";
  return error instanceof MachineError || machineFault(error) !== null ? "machine" : "run";
}
