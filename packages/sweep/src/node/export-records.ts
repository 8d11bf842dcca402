import { rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { createFile, FileExistsError, makeFolder, readRun } from "@grok/train/node";
import {
  csvOf,
  eventFileOf,
  type NamedRecords,
  parquetOf,
  recordTable,
  runsTable,
} from "@grok/train/table";
import { SweepError } from "../sweep-error";
import { readSweep, runFolder } from "./sweep-folder";

/** The formats of {@link exportRecords}, each with what its files are called by default. */
export const recordFormats = {
  csv: ".csv",
  parquet: ".parquet",
  tensorboard: "-tensorboard",
} as const;

/** A format of {@link recordFormats}, by its name. */
export type RecordFormat = keyof typeof recordFormats;

/** The evaluations of a run, and when it began. */
interface Recorded extends NamedRecords {
  /** Seconds since 1970. */
  readonly startTime: number;
}

/**
 * Writes the evaluations of a run, or of all runs of a sweep, for other programs. As CSV and Parquet a
 * sweep's runs stand one after another, with the columns `run` and what varies; for TensorBoard `file`
 * is a folder with an event file per run.
 *
 * @param folder of a run or a sweep, finished or not; it is only read
 * @param file must not exist
 * @returns what a reader should be told, e.g. of a torn line, and how many runs there are
 * @throws RunError or SweepError if the folder is neither, or has no evaluation yet; FileExistsError
 */
export async function exportRecords(
  folder: string,
  file: string,
  format: RecordFormat,
): Promise<{ notices: string[]; runs: number }> {
  const notices: string[] = [];
  const sweep = await readSweep(folder);
  const runs: Recorded[] = [];
  if (sweep === null) {
    runs.push(await read(folder, basename(resolve(folder)), {}, notices));
  } else {
    for (const { name, settings } of sweep.runs) {
      const own = runFolder(folder, name);
      // A run that waits has no folder yet.
      const isThere = await stat(join(own, "config.json")).catch(() => null);
      if (isThere !== null) runs.push(await read(own, name, settings, notices));
    }
  }
  const recorded = runs.filter(({ records }) => records.length > 0);
  if (recorded.length === 0) {
    throw new SweepError(`${folder} has nothing to export: there is no evaluation yet.`);
  }
  if (format === "tensorboard") await writeEventFiles(file, recorded);
  else {
    const table = sweep === null ? recordTable(recorded[0]?.records ?? []) : runsTable(recorded);
    const bytes =
      format === "csv" ? new TextEncoder().encode(csvOf(table)) : await parquetOf(table);
    await createFile(file, () => [bytes]);
  }
  return { notices, runs: recorded.length };
}

async function read(
  folder: string,
  run: string,
  settings: NonNullable<NamedRecords["settings"]>,
  notices: string[],
): Promise<Recorded> {
  const [{ records, notices: told }, { mtimeMs }] = await Promise.all([
    readRun(folder),
    stat(join(folder, "config.json")),
  ]);
  notices.push(...told);
  return { run, settings, records, startTime: Math.floor(mtimeMs / 1000) };
}

/** Writes a folder of event files, one in a folder per run, whole or not at all. */
async function writeEventFiles(folder: string, runs: readonly Recorded[]): Promise<void> {
  const isThere = await stat(folder).catch(() => null);
  if (isThere !== null) {
    throw new FileExistsError(`${folder} is there already; choose another folder.`);
  }
  const unfinished = join(dirname(folder), `.${basename(folder)}.${process.pid}.tmp`);
  try {
    for (const each of runs) {
      const own = join(unfinished, labelOf(each));
      await makeFolder(own);
      const name = `events.out.tfevents.${each.startTime}.${each.run}`;
      await writeFile(join(own, name), eventFileOf(each.records, each));
    }
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** What TensorBoard lists a run as: what varies, and its name. */
function labelOf({ run, settings = {} }: Recorded): string {
  const varies = Object.entries(settings).map(([name, value]) => `${name}=${value ?? "none"}`);
  const words = [...varies, run].join(" ");
  return words.replaceAll(/[^\w .,=+-]/g, "_").slice(-200);
}
