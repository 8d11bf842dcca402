import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type SweepState, sweepStateSchema } from "../state/sweep-state";
import { SweepError } from "../sweep-error";

/** Names inside a sweep's folder. */
export const stateName = "sweep.json";
export const runsName = "runs";

/** The folder of a run in a sweep's folder. */
export function runFolder(sweepFolder: string, name: string): string {
  return join(sweepFolder, runsName, name);
}

/**
 * Reads a sweep's state; null where there is none yet.
 *
 * @throws SweepError where sweep.json is none
 */
export async function readSweep(folder: string): Promise<SweepState | null> {
  const path = join(folder, stateName);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return sweepStateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SweepError(`${path} is no state of a sweep; move it away.`, { cause });
  }
}
