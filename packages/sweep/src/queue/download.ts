import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { experimentOf, type LoadedExtension } from "@grok/train";
import {
  addDataFiles,
  addExtensions,
  checkRecords,
  FolderInUseError,
  readRun,
} from "@grok/train/node";
import { replaceRun } from "../node/replace-run";
import { runFolder } from "../node/sweep-folder";
import { runName } from "../run/run-name";
import type { SweepRun } from "../run/sweep-run";
import { DamagedError } from "./error";
import type { QueueStore } from "./store";

/** Why a run did not come home: the store has nothing, or something else, or the run is being done here. */
export interface FailedDownload {
  readonly kind: "missing" | "damaged" | "in use";
  readonly why: string;
}

/**
 * Brings a run that has ended from the store into a sweep's folder, whole or not at all. What an
 * earlier beginning left there is replaced.
 *
 * @param extensions whose kinds the run is made of
 * @returns null if it is there; else why not
 */
export async function download(
  { name }: SweepRun,
  sweepFolder: string,
  { transport }: Pick<QueueStore, "transport">,
  extensions: readonly LoadedExtension[] = [],
): Promise<FailedDownload | null> {
  const target = runFolder(sweepFolder, name);
  const unfinished = join(dirname(target), `.${name}.${randomUUID()}`);
  try {
    const { found } = await transport.fetch(name, unfinished);
    if (!found) return { kind: "missing", why: `The store has no files of run ${name}.` };
    const why = await whyNotRun(name, unfinished, extensions);
    if (why !== null) return { kind: "damaged", why };
    // A queue carries neither code nor data: the run gets the copies that its sweep has.
    await addExtensions(unfinished, extensions);
    await addDataFiles(unfinished);
    await replaceRun(unfinished, target);
    return null;
  } catch (error) {
    if (error instanceof FolderInUseError) return { kind: "in use", why: error.message };
    if (!(error instanceof DamagedError)) throw error;
    return { kind: "damaged", why: error.message };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function whyNotRun(
  name: string,
  folder: string,
  extensions: readonly LoadedExtension[],
): Promise<string | null> {
  try {
    const { config, summary } = await readRun(folder, { extensions });
    const found = runName(experimentOf(config));
    if (found !== name) return `The store has the run ${found} instead of ${name}.`;
    if (summary === null) return `The store has run ${name} without its summary.`;
    await checkRecords(folder);
    return null;
  } catch (error) {
    return `What the store has of run ${name} cannot be read: ${(error as Error).message}`;
  }
}
