import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, open, readdir, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { inspectRun } from "../archive/inspect-run";
import { packRun } from "../archive/pack-run";
import { isRunFile } from "../archive/run-names";
import type { PackedFiles } from "../archive/unpack-run";
import { RunError } from "../run/error";
import { analysisName, configName, metricsName, plotsName, summaryName } from "../run/names";
import { flushFolder } from "./atomic-file";
import { DiskFiles } from "./disk-files";
import { checkFolder } from "./regular-file";

/**
 * Packs a run's folder into a new ZIP archive, whole or not at all, after it was read as an import
 * would. What is no file of a run, such as a lock or a checkpoint set aside, stays out.
 *
 * @param file must not exist
 * @returns what a reader should be told, e.g. of a torn line
 * @throws RunError where the folder is no whole run, or there is something of the file's name, which
 * is left as it is
 */
export async function exportRun(folder: string, file: string): Promise<string[]> {
  const files = await readFolder(folder);
  if (!files.has(configName)) {
    throw new RunError(`${folder} is no run: it has no ${configName}.`);
  }
  let notices: string[];
  try {
    ({ notices } = await inspectRun(files));
  } catch (error) {
    throw new RunError(`${folder} cannot be exported: ${(error as Error).message}`, {
      cause: error,
    });
  }
  await createFile(file, packRun(files));
  return notices;
}

/** Every file of the folder that a run has, by name. */
async function readFolder(folder: string): Promise<PackedFiles> {
  const disk = new DiskFiles(folder);
  const plots = join(folder, plotsName);
  await checkFolder(plots);
  const drawn = await readdir(plots).catch(() => []);
  const names = [
    configName,
    metricsName,
    summaryName,
    analysisName,
    ...(await disk.listCheckpoints()),
    ...drawn.map((name) => `${plotsName}/${name}`),
  ];
  const files: PackedFiles = new Map();
  for (const name of names.filter(isRunFile)) {
    const bytes = await disk.read(name);
    // A checkpoint may be dropped by its run between listing and reading.
    if (bytes !== null) files.set(name, bytes);
  }
  return files;
}

/** Writes a file that was not there before, whole or not at all. */
async function createFile(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const unfinished = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  const file = await open(unfinished, "wx");
  try {
    try {
      await file.writeFile(bytes);
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
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new RunError(`${path} is there already; choose another file.`, { cause: error });
  } finally {
    await unlink(unfinished);
  }
  await flushFolder(folder);
}
