import type { Extensions } from "../kind/extension";
import type { Checkpoint } from "../run/checkpoint";
import { limits } from "../run/limits";
import { readCheckpointBytes, readRunFiles, readSummaryFile, type StoredRun } from "../run/read";
import type { Summary } from "../run/record";
import { DiskFiles } from "./disk-files";
import { readRegularFile } from "./regular-file";

/** A run as it lies on the disk. */
export interface RunOnDisk extends Omit<StoredRun, "checkpoints"> {
  folder: string;
  /** Files of its checkpoints, the oldest first. */
  checkpoints: CheckpointFile[];
}

/** Where a checkpoint lies. */
export interface CheckpointFile {
  step: number;
  path: string;
}

/**
 * Reads a run without changing anything, even while it is being written.
 *
 * @throws RunError if the folder is no run, or one of its files cannot be read
 */
export async function readRun(
  folder: string,
  options: { extensions?: Extensions } = {},
): Promise<RunOnDisk> {
  const files = new DiskFiles(folder);
  const run = await readRunFiles(files, options);
  const checkpoints = run.checkpoints.map(({ step, name }) => ({ step, path: files.path(name) }));
  return { ...run, folder, checkpoints };
}

/**
 * Reads how a run ended, and nothing else of it; null while it runs, and if there is none.
 *
 * @throws RunError if the summary cannot be read
 */
export function readSummary(folder: string): Promise<Summary | null> {
  return readSummaryFile(new DiskFiles(folder));
}

/** Reads a checkpoint. Throws a `RunError` that names the file where it is not whole. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  return readCheckpointBytes(await readRegularFile(path, limits.checkpoint), path);
}
