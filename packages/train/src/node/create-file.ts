import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, lstat, open, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { RunError } from "../run/error";
import { flushFolder } from "./atomic-file";

/** There is something of a new file's name. */
export class FileExistsError extends RunError {}

/**
 * Writes a file that was not there before, whole or not at all.
 *
 * @param pieces gives its bytes, a piece at a time
 * @throws FileExistsError if there is something of the file's name, which is left as it is
 */
export async function createFile(
  path: string,
  pieces: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const folder = dirname(path);
  const unfinished = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  const refuse = (cause?: unknown) =>
    new FileExistsError(`${path} is there already; choose another file.`, { cause });
  const isThere = await lstat(path).catch(() => null);
  if (isThere !== null) throw refuse();
  const file = await open(unfinished, "wx");
  try {
    try {
      for await (const piece of pieces()) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    // A second name, unlike a rename, replaces nothing; some file systems have no such thing.
    await link(unfinished, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") throw error;
      return copyFile(unfinished, path, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "EEXIST" ? refuse(error) : error;
  } finally {
    await unlink(unfinished);
  }
  await flushFolder(folder);
}
