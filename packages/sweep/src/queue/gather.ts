import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { experimentOf } from "@grok/train";
import { FolderInUseError, openRun, readRun } from "@grok/train/node";
import { runFolder } from "../node/sweep-folder";
import { runName } from "../run/run-name";
import type { SweepRun } from "../run/sweep-run";
import { QueueError } from "./error";
import type { FileCourier } from "./file-courier";

/** What the store has in place of a run is none, or another; one sentence says so. */
export class DamagedError extends QueueError {}

/**
 * Brings a run that has ended from the store into a sweep's folder, whole or not at all. What an
 * earlier beginning left there is replaced.
 *
 * @throws DamagedError where what the store has is not that run, FolderInUseError where the run is
 *   being done here
 */
export async function gatherRun(
  { name }: SweepRun,
  sweepFolder: string,
  courier: FileCourier,
): Promise<void> {
  const target = runFolder(sweepFolder, name);
  const unfinished = join(dirname(target), `.${name}.${randomUUID()}`);
  try {
    await courier.fetch(name, unfinished);
    await checkRun(name, unfinished);
    await checkFree(target);
    await rm(target, { recursive: true, force: true });
    await rename(unfinished, target);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function checkRun(name: string, folder: string): Promise<void> {
  const { config, summary } = await readRun(folder).catch((error: Error) => {
    throw new DamagedError(`What the store has of run ${name} cannot be read: ${error.message}`);
  });
  const found = runName(experimentOf(config));
  if (found !== name) throw new DamagedError(`The store has the run ${found} in place of ${name}.`);
  if (summary === null) throw new DamagedError(`The store has run ${name} without its summary.`);
}

async function checkFree(folder: string): Promise<void> {
  try {
    const { store } = await openRun(folder);
    await store.close();
  } catch (error) {
    // A folder that is no run, or damaged, is nobody's.
    if (error instanceof FolderInUseError) throw error;
  }
}
