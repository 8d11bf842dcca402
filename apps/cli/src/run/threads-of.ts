import { maxThreads } from "@grok/backend";
import type { GivenFlags } from "../arguments/given-flags";
import { UsageError } from "../usage-error";

/** The number of threads that `--threads` names. */
export function threadsOf(given: GivenFlags[string]): number {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= 1 && number <= maxThreads) return number;
  throw new UsageError(`--threads must be a whole number from 1 to ${maxThreads}, not "${given}".`);
}
