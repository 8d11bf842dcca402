import { type BackendChoice, type BackendName, MemoryError, useBackend } from "@grok/backend";
import { enableProdMode } from "@tensorflow/tfjs-core";
import { UsageError } from "../usage-error";
import { RunFailure } from "./failure";

/**
 * Starts a backend.
 *
 * @param threads how many compute; null for the backend's own choice
 * @throws UsageError if it is not here, or not with this many threads; RunFailure if the machine
 *   does not give the memory that it needs
 */
export async function startBackend(
  name: BackendName | "auto",
  threads: number | null = null,
): Promise<BackendChoice> {
  // Without this, tfjs's cpu backend advertises another package on stderr.
  enableProdMode();
  try {
    return await useBackend(name, { threads: threads ?? undefined });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new UsageError(error.message.replace(/^(backend|threads) /, "--$&"), { cause: error });
    }
    if (error instanceof MemoryError) throw new RunFailure(error.message, { cause: error });
    throw error;
  }
}
