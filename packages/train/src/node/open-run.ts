import { collect } from "../kind/collection";
import { experimentOf } from "../run/config";
import { checkExtensionsOf, type OpenOptions, type OpenRun, openRunFiles } from "../run/open";
import { readConfig } from "../run/read";
import { loadDataFiles } from "../run/stored-data";
import { checkMachine } from "./check-machine";
import { DiskFiles } from "./disk-files";
import { type LockOptions, lockFolder } from "./lock";
import { packageVersions } from "./package-versions";

/**
 * Opens a run's folder to continue it, as {@link openRunFiles} does, for this process alone.
 *
 * @throws InsufficientMemoryError if this machine has less memory than the run needs; RunError as that,
 * FolderInUseError if the folder belongs to another process
 */
export async function openRun(
  folder: string,
  options: OpenOptions & LockOptions = {},
): Promise<OpenRun> {
  const { extensions } = options;
  const before = new DiskFiles(folder);
  const config = await readConfig(before, { extensions });
  checkExtensionsOf(folder, config, collect(extensions));
  await loadDataFiles(before, config);
  checkMachine(experimentOf(config), extensions);
  const files = new DiskFiles(folder, await lockFolder(folder, options));
  try {
    const versions = { ...(await packageVersions()), ...options.environment?.versions };
    return await openRunFiles(files, {
      ...options,
      environment: { ...options.environment, versions },
    });
  } catch (error) {
    await files.close();
    throw error;
  }
}
