import { freemem } from "node:os";
import { fitAddressSpace } from "@grok/backend";
import { resolveExperiment } from "@grok/train";
import { checkMachine, machineMemory } from "@grok/train/node";
import { bytes, countOf } from "../quantity";
import { type Found, here, slow } from "./finding";

/** Bytes below which a run and its figures may not find room. */
const little = 2 ** 29;

/**
 * Looks at the memory that this process may have.
 *
 * @throws InsufficientMemoryError if it does not suffice for the main job
 */
export function lookAtMemory(all = machineMemory(), free = freemem()): Found {
  checkMachine(resolveExperiment());
  const left = Math.min(all, free);
  const text = `${bytes(all)} for this process, ${bytes(left)} free`;
  return left < little
    ? slow(`${text}; a run with figures takes about 0.5 GiB.`)
    : here(`${text}.`);
}

/** Looks at the limit of addresses, which WebAssembly reserves many of (`ulimit -v`). */
export async function lookAtAddresses(find = fitAddressSpace): Promise<Found> {
  const share = await find();
  if (share === null) return here("No limit (ulimit -v).");
  return slow(
    `This process may use ${bytes(share.limit)} of them (ulimit -v), which suffice for ${countOf(share.threads, "thread")}.`,
  );
}
