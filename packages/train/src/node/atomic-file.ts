import { randomBytes } from "node:crypto";
import { open, readdir, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Names of files that are still being written; what a crash leaves of them means nothing. */
const temporary = /^\..+\.[0-9a-f]{12}\.tmp$/;

/**
 * Replaces a file so that a crash at any instant leaves the old one or the new one, whole: written
 * beside it under another name, flushed to the disk, renamed, and the folder flushed too.
 *
 * @param mayReplace is asked just before the file gets its name; what it throws leaves the old one
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  mayReplace: () => Promise<void> | undefined = () => undefined,
): Promise<void> {
  const folder = dirname(path);
  const unfinished = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = await open(unfinished, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await mayReplace();
    await rename(unfinished, path);
  } catch (error) {
    await unlink(unfinished).catch(() => {});
    throw error;
  }
  await flushFolder(folder);
}

/** Flushes a folder's list of names to the disk, where the system can. */
export async function flushFolder(path: string): Promise<void> {
  // Windows has no such call and refuses to open a folder.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Whether a name is that of a file still being written, or of what a crash left of one. */
export function isUnfinished(name: string): boolean {
  return temporary.test(name);
}

/** Removes what crashes left of files that were being written to a folder. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (isUnfinished(name)) await unlink(join(folder, name));
  }
}
