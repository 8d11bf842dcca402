import { FileStore } from "../run/file-store";
import { readConfig } from "../run/read";
import { DiskFiles } from "./disk-files";
import { lockFolder } from "./lock";

/**
 * Clears away what a process left in a run's folder that was killed behind its last write: its lock,
 * files half written, and checkpoints that are not to be kept. Does nothing where the folder is in
 * use, or cannot be written.
 */
export async function tidyRun(folder: string): Promise<void> {
  try {
    const files = new DiskFiles(folder, await lockFolder(folder));
    try {
      await files.removeUnfinished();
      await new FileStore(files, await readConfig(files)).dropOld();
    } finally {
      await files.close();
    }
  } catch {
    // What is left means nothing, and says so by its name.
  }
}
