import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ArchiveWriter, checkArchiveSize } from "../archive/archive-writer";
import { RunInspector } from "../archive/inspect-run";
import { isRunFile } from "../archive/run-names";
import { RunError } from "../run/error";
import { analysisName, configName, metricsName, plotsName, summaryName } from "../run/names";
import { readConfig } from "../run/read";
import { createFile, FileExistsError } from "./create-file";
import { DiskFiles } from "./disk-files";
import { checkFolder } from "./regular-file";

/**
 * Packs a run's folder into a new ZIP archive, whole or not at all, and reads each file as an import
 * would. What is no file of a run, such as a lock or a checkpoint set aside, stays out. One file at a
 * time is in memory.
 *
 * @param file must not exist
 * @returns what a reader should be told, e.g. of a torn line
 * @throws RunError if the folder is no whole run, has more than an import takes, or there is something
 * of the file's name, which is left as it is
 */
export async function exportRun(folder: string, file: string): Promise<string[]> {
  const disk = new DiskFiles(folder);
  const config = await readConfig(disk);
  const notices: string[] = [];
  try {
    const names = await listFiles(disk);
    await createFile(file, async function* () {
      const writer = new ArchiveWriter();
      const inspector = new RunInspector(config);
      for (const name of names) {
        const bytes = await disk.read(name);
        // A checkpoint may be dropped by its run between listing and reading.
        if (bytes === null) continue;
        notices.push(...(await inspector.inspect(name, bytes)));
        yield writer.add(name, bytes);
      }
      inspector.end();
      yield writer.end();
    });
  } catch (error) {
    if (!(error instanceof RunError || error instanceof RangeError)) throw error;
    if (error instanceof FileExistsError) throw error;
    throw new RunError(`${folder} cannot be exported: ${error.message}`, { cause: error });
  }
  return notices;
}

/**
 * The names of every file of the folder that a run has, in the order of an archive: the checkpoints
 * before the metrics, so that those of a run that continues meanwhile have all their records.
 */
async function listFiles(disk: DiskFiles): Promise<string[]> {
  const plots = join(disk.folder, plotsName);
  await checkFolder(plots);
  const drawn = await readdir(plots).catch(() => []);
  const names = [
    configName,
    metricsName,
    summaryName,
    analysisName,
    ...(await disk.listCheckpoints()),
    ...drawn.map((name) => `${plotsName}/${name}`),
    ...(await disk.listExtensions()),
    ...(await disk.listData()),
  ].filter(isRunFile);
  const sizes = await Promise.all(
    names.map(async (name) => {
      const stats = await lstat(disk.path(name)).catch(() => null);
      return stats === null ? [] : [{ name, size: stats.size }];
    }),
  );
  checkArchiveSize(sizes.flat());
  return names.sort();
}
