import type { Environment } from "../run/environment";
import { type OpenOptions, type OpenRun, openRunFiles } from "../run/open";
import { readConfig } from "../run/read";
import { DiskFiles } from "./disk-files";
import { lockFolder } from "./lock";

/**
 * Opens a run's folder to continue it, as {@link openRunFiles} does, for this process alone.
 *
 * @throws RunError as that, and where the folder is in use
 */
export async function openRun(folder: string, options: OpenOptions = {}): Promise<OpenRun> {
  await readConfig(new DiskFiles(folder));
  const files = new DiskFiles(folder, await lockFolder(folder));
  try {
    return await openRunFiles(files, { ...options, environment: onNode(options.environment) });
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** What the caller knows of what computes, and the engine. */
function onNode(known: Partial<Environment> = {}): Partial<Environment> {
  return { ...known, versions: { node: process.versions.node, ...known.versions } };
}
