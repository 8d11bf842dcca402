import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { lockFolder } from "@grok/train/node";

/**
 * Puts a folder in the place of a run's folder, if no process holds that: it is locked, moved away in
 * one piece, and then removed.
 *
 * @throws FolderInUseError if a process holds the run's folder, which is left as it is
 */
export async function replaceRun(folder: string, target: string): Promise<void> {
  const lock = await lockFolder(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (lock === null) return rename(folder, target);
  const old = join(dirname(target), `.${basename(target)}.${randomUUID()}.old`);
  try {
    await rename(target, old);
    try {
      await rename(folder, target);
    } catch (error) {
      await rename(old, target);
      throw error;
    }
    await rm(old, { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}
