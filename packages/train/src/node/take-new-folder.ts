import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { RunError } from "../run/error";
import { checkpointsName, configName } from "../run/names";
import { flushFolder, isUnfinished } from "./atomic-file";
import { DiskFiles } from "./disk-files";
import { type LockOptions, lockFolder } from "./lock";
import { makeFolder } from "./make-folder";

/**
 * Makes the folder of a new run, for this process alone, and fills it.
 *
 * @param folder must not exist yet, or be empty
 * @param fill writes the run's first files; if it throws, the folder is given free
 * @throws RunError if there is something in the folder, which is left as it is
 */
export async function takeNewFolder<T>(
  folder: string,
  options: LockOptions,
  fill: (files: DiskFiles) => Promise<T>,
): Promise<T> {
  await makeFolder(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST" && error.code !== "ENOTDIR") throw error;
    throw new RunError(`${folder} cannot be a folder: there is a file of that name.`);
  });
  const refuse = async () => {
    // What a process leaves that is killed while it makes a run is no reason to refuse.
    const isLeftover = (name: string) => name.startsWith(".lock") || isUnfinished(name);
    const names = (await readdir(folder)).filter((name) => !isLeftover(name));
    if (names.length === 0) return;
    throw new RunError(
      names.includes(configName)
        ? `${folder} already holds a run; continue it with grok resume ${folder}, or choose another folder.`
        : `${folder} is not empty; choose another folder for the run.`,
    );
  };
  await refuse();
  const files = new DiskFiles(folder, await lockFolder(folder, options));
  try {
    // Another process may have made a run here just before the lock was taken.
    await refuse();
    await files.removeUnfinished();
    const filled = await fill(files);
    await makeFolder(files.path(checkpointsName));
    await flushFolder(dirname(folder));
    return filled;
  } catch (error) {
    await files.close();
    throw error;
  }
}
