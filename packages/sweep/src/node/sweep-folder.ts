import { join } from "node:path";
import { readRegularFile } from "@grok/train/node";
import { type SweepState, sweepStateSchema } from "../state/sweep-state";
import { SweepError } from "../sweep-error";

/** Names inside a sweep's folder. */
export const stateName = "sweep.json";
/** The folder of a sweep that holds its runs, a folder each. */
export const runsName = "runs";

/** The most bytes that are read of a sweep's state: some 400,000 runs. */
const maxStateBytes = 2 ** 28;

/** The folder of a run in a sweep's folder. */
export function runFolder(sweepFolder: string, name: string): string {
  return join(sweepFolder, runsName, name);
}

/**
 * Reads a sweep's state; null if there is none yet.
 *
 * @throws SweepError if sweep.json is none; RunError if it is no regular file, or too large
 */
export async function readSweep(folder: string): Promise<SweepState | null> {
  const path = join(folder, stateName);
  const bytes = await readRegularFile(path, maxStateBytes).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (bytes === null) return null;
  try {
    return sweepStateSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new SweepError(`${path} is no state of a sweep; move it away.`, { cause });
  }
}
