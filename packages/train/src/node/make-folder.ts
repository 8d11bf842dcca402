import { mkdir } from "node:fs/promises";

/**
 * Makes a folder and those above it, as far as they are not there. Node's own recursive `mkdir` says
 * of a disk that can only be read that the folder does not exist (ENOENT); this says EROFS.
 *
 * @throws the system's error, which names the folder that could not be made
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const { code, path: missing } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" || missing === undefined) throw error;
    // The first that is missing, alone, is refused for the true reason.
    await mkdir(missing).catch((reason: NodeJS.ErrnoException) => {
      if (reason.code !== "EEXIST") throw reason;
    });
    await mkdir(path, { recursive: true });
  }
}
