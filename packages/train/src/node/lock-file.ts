import { link, unlink, writeFile } from "node:fs/promises";
import { type Holder, parseHolder } from "./holder";
import { openRegularFile } from "./regular-file";

/** A lock file as it was seen. */
export interface SeenLock {
  text: string;
  /** Changes whenever the file is written, renewed or replaced. */
  stamp: string;
}

/** The most bytes that a lock file may have. */
const maxBytes = 4096;

/**
 * Reads a lock file; null if there is none. It is opened each time, as a network file system asks
 * its server only then.
 *
 * @throws RunError if it is a link, a pipe or a folder
 */
export async function readLock(path: string): Promise<SeenLock | null> {
  try {
    const { file, stats } = await openRegularFile(path, maxBytes);
    try {
      const text = await file.readFile("utf8");
      return { text, stamp: `${stats.ino} ${stats.mtimeMs} ${text}` };
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Creates a lock file in one instant; false if there is one. */
export async function createLock(path: string, me: Holder): Promise<boolean> {
  const own = `${path}.${me.id}`;
  try {
    await writeFile(own, JSON.stringify(me), { flag: "wx" });
    await link(own, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") throw error;
      // There are file systems without hard links.
      await writeFile(path, JSON.stringify(me), { flag: "wx" });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await unlink(own).catch(() => {});
  }
}

/** Removes a lock file if it is this holder's, and can be removed: else it ends with its process. */
export async function removeOwnLock(path: string, me: Holder): Promise<void> {
  const found = await readLock(path).catch(() => null);
  if (found === null || parseHolder(found.text)?.id !== me.id) return;
  await unlink(path).catch(() => {});
}
