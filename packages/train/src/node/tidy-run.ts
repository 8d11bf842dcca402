import { DiskFiles } from "./disk-files";
import { lockFolder } from "./lock";

/**
 * Clears away what a process left in a run's folder that was killed behind its last write: its lock,
 * and files half written. Does nothing where the folder is in use, or cannot be written.
 */
export async function tidyRun(folder: string): Promise<void> {
  try {
    const files = new DiskFiles(folder, await lockFolder(folder));
    await files.removeUnfinished().finally(() => files.close());
  } catch {
    // What is left means nothing, and says so by its name.
  }
}
