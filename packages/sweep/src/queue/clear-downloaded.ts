import type { FileTransport } from "./file-transport";
import type { Ledger } from "./ledger";

/** Results that leave in one go. */
const batch = 100;

/**
 * Takes results out of the store that somebody has at home: those whose time is over, or, as the
 * store is full, the ones with the least time left.
 *
 * @returns how many left
 */
export async function clearDownloaded(
  ledger: Pick<Ledger, "home" | "drop">,
  transport: Pick<FileTransport, "discard">,
  options: { isFull?: boolean } = {},
): Promise<number> {
  const names = await ledger.home(batch, options);
  for (const name of names) {
    await transport.discard(name);
    await ledger.drop(name);
  }
  return names.length;
}
