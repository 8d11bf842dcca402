import { type OpenRun, openRunFiles } from "../run/open";
import { readConfig } from "../run/read";
import { DiskFiles } from "./disk-files";
import { lockFolder } from "./lock";

/**
 * Opens a run's folder to continue it, as {@link openRunFiles} does, for this process alone.
 *
 * @throws RunError as that, and where the folder is in use
 */
export async function openRun(folder: string): Promise<OpenRun> {
  await readConfig(new DiskFiles(folder));
  const files = new DiskFiles(folder, await lockFolder(folder));
  try {
    return await openRunFiles(files);
  } catch (error) {
    await files.close();
    throw error;
  }
}
