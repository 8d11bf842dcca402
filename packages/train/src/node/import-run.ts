import { randomBytes } from "node:crypto";
import { lstat, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type InspectedRun, inspectRun } from "../archive/inspect-run";
import { archiveLimits } from "../archive/limits";
import { type PackedFiles, unpackRun } from "../archive/unpack-run";
import { RunError } from "../run/error";
import { checkpointsName } from "../run/names";
import { flushFolder } from "./atomic-file";
import { makeFolder } from "./make-folder";
import { readRegularFile } from "./regular-file";

/** A run out of an archive, read and found whole, and not yet written anywhere. */
export interface ImportableRun extends InspectedRun {
  files: PackedFiles;
}

/**
 * Reads a run's archive from the disk, all of it, as `unpackRun` and `inspectRun` do.
 *
 * @param file a ZIP archive of at most a gibibyte
 * @throws RunError in a sentence that begins with the file's name, where it holds no whole run
 */
export async function readArchive(file: string): Promise<ImportableRun> {
  const bytes = await readRegularFile(await realpath(file), archiveLimits.packed);
  try {
    const files = unpackRun(bytes);
    return { files, ...(await inspectRun(files)) };
  } catch (error) {
    throw new RunError(`${file} cannot be imported: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * Writes a run's files as a new folder: all of them, or nothing. They are written to a folder beside
 * it, flushed, and that folder is then given its name.
 *
 * @param folder must not exist
 * @throws RunError if there is something of that name, which is left as it is
 */
export async function writeRunFolder(files: PackedFiles, folder: string): Promise<void> {
  const refuse = async () => {
    const isThere = await lstat(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
    );
    if (isThere) throw new RunError(`${folder} is there already; choose another folder.`);
  };
  await refuse();
  const parent = dirname(folder);
  await makeFolder(parent);
  const unfinished = join(parent, `.${basename(folder)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await makeFolder(join(unfinished, checkpointsName));
    for (const [name, bytes] of files) await writeFlushed(join(unfinished, name), bytes);
    await flushFolder(unfinished);
    await refuse();
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  await flushFolder(parent);
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await flushFolder(dirname(path));
}
