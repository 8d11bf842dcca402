import { addDataFile } from "../data-file/known";
import { dataLimit, dataReference } from "../data-file/reference";
import { ExperimentError } from "../experiment/error";
import { printable } from "../experiment/printable";
import type { Collection } from "../kind/collection";
import { sha256 } from "../run/digest";
import { readConfig } from "../run/read";
import { loadDataFiles, writeDataFiles } from "../run/stored-data";
import { errorSentence } from "../run/system-error";
import { DiskFiles } from "./disk-files";
import { readRegularFile } from "./regular-file";

/**
 * Reads the files that flags name, as `--data rows.csv` does, and gives the flags with what they are
 * instead of where they lay. Other flags stay as they are.
 *
 * @throws ExperimentError in a sentence that names the flag, for a file that cannot be read
 */
export async function readDataFlags<F extends Record<string, unknown>>(
  flags: F,
  kinds: Collection,
): Promise<F> {
  const entries = Object.entries(flags).map(async ([name, value]) => {
    const isPath = typeof value === "string" && dataReference(value) === null;
    if (!isPath || !kinds.findFlag(name)?.isFile) return [name, value];
    return [name, await readDataFile(value, `--${name}`)];
  });
  return Object.fromEntries(await Promise.all(entries)) as F;
}

/**
 * Reads a data file, so that experiments that name it can be built.
 *
 * @param asker what asked for it, for errors: `--data`
 * @returns how flags and experiments name it: `iris.csv:` and its digest
 * @throws ExperimentError for a file that cannot be read or is too large
 */
export async function readDataFile(path: string, asker = "--data"): Promise<string> {
  try {
    return await addDataFile(path, await readRegularFile(path, dataLimit), { path });
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    throw new ExperimentError(
      `${asker} ${printable(path)} cannot be read: ${errorSentence(error)}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Reads data files that another process of this machine has, if they are still the same.
 *
 * @throws ExperimentError for a file that has changed or is gone
 */
export async function loadDataOnDisk(
  files: readonly { path: string; sha256: string }[],
): Promise<void> {
  for (const { path, sha256: wanted } of files) {
    const bytes = await readRegularFile(path, dataLimit);
    const digest = await sha256(bytes);
    if (digest !== wanted) {
      throw new ExperimentError(
        `${path} has changed since the sweep began: sha256 ${wanted} then, ${digest} now.`,
      );
    }
    await addDataFile(path, bytes, { path });
  }
}

/**
 * Adds the data files that this process has to a run's folder that came without them.
 *
 * @throws RunError if the folder is no run
 */
export async function addDataFiles(folder: string): Promise<void> {
  const files = new DiskFiles(folder);
  await writeDataFiles(files, await readConfig(files));
}

/**
 * Reads the data files of a run from its folder, so that its task can be built here.
 *
 * @throws RunError if the folder is no run, or lacks one
 */
export async function loadRunData(folder: string): Promise<void> {
  const files = new DiskFiles(folder);
  await loadDataFiles(files, await readConfig(files));
}
