import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Extensions } from "../kind/extension";
import { createRunFiles, type VersionedExperiment } from "../run/create";
import { RunError } from "../run/error";
import type { FileStore } from "../run/file-store";
import { checkpointsName, configName } from "../run/names";
import { flushFolder, isUnfinished } from "./atomic-file";
import { checkMachine } from "./check-machine";
import { DiskFiles } from "./disk-files";
import { type LockOptions, lockFolder } from "./lock";
import { makeFolder } from "./make-folder";
import { packageVersions } from "./package-versions";

/**
 * Makes the folder of a new run and writes its config.json: the experiment, the backend that tfjs
 * runs now where it asks for `auto`, and the versions of what computes.
 *
 * @param folder must not exist yet, or be empty
 * @param experiment may bring `versions` of what else computes, by package, and its `arithmetic`
 * @param options how the folder is taken, and `extensions` whose kinds the experiment is made of
 * @throws InsufficientMemoryError if this machine has less memory than the run needs; RunError if there is
 * something in the folder, which is left as it is
 */
export async function createRun(
  folder: string,
  experiment: VersionedExperiment,
  options: LockOptions & { extensions?: Extensions } = {},
): Promise<FileStore> {
  checkMachine(experiment, options.extensions);
  const versions = { ...(await packageVersions()), ...experiment.versions };
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
    // First: a folder without config.json is no run, and one with it alone a run that is to begin.
    const store = await createRunFiles(files, { ...experiment, versions }, options);
    await makeFolder(files.path(checkpointsName));
    await flushFolder(dirname(folder));
    return store;
  } catch (error) {
    await files.close();
    throw error;
  }
}
