import type { Extensions } from "../kind/extension";
import { createRunFiles, type VersionedExperiment } from "../run/create";
import type { FileStore } from "../run/file-store";
import { checkMachine } from "./check-machine";
import type { LockOptions } from "./lock";
import { packageVersions } from "./package-versions";
import { takeNewFolder } from "./take-new-folder";

/**
 * Makes the folder of a new run and writes its config.json: the experiment, the backend that tfjs
 * runs now where it asks for `auto`, and the versions of the packages that compute it.
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
  // First: a folder without config.json is no run, and one with it alone a run that is to begin.
  return takeNewFolder(folder, options, (files) =>
    createRunFiles(files, { ...experiment, versions }, options),
  );
}
