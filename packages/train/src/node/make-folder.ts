import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, as far as they are not there. Node's own recursive `mkdir` says
 * of a disk that can only be read that the folder does not exist (ENOENT), and never ends on a file
 * system that takes no folders, such as /proc or an automounter's.
 *
 * @throws the system's error, which names the folder that could not be made
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(path);
    if (code !== "ENOENT" || above === path) return keepFolder(path, error);
    await makeFolder(above);
    await mkdir(path).catch((reason: unknown) => keepFolder(path, reason));
  }
}

/** Is content with a folder that is there already, whatever the system said of making it. */
async function keepFolder(path: string, error: unknown): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() !== true) throw error;
}
