import type { Extensions } from "../kind/extension";
import { type Checkpoint, decodeCheckpoint } from "./checkpoint";
import { decodeConfig, type RunConfig } from "./config";
import { RunError } from "./error";
import type { RunFiles } from "./files";
import { decodeMetrics, type Metrics } from "./metrics";
import { checkpointStep, configName, metricsName, summaryName } from "./names";
import type { EvaluationRecord, Summary } from "./record";
import { decodeSummary } from "./summary-file";

/** What reading needs of a run's files. */
export type ReadableFiles = Pick<RunFiles, "folder" | "path" | "listCheckpoints" | "read">;

/** A run as its files have it. */
export interface StoredRun {
  config: RunConfig;
  records: EvaluationRecord[];
  /** Null while it runs, and where it ended without saying so. */
  summary: Summary | null;
  /** Files of its checkpoints, the oldest first. */
  checkpoints: { step: number; name: string }[];
  /** What a reader should be told, e.g. of a torn line that was left out. */
  notices: string[];
}

/**
 * Reads a run without changing anything, even while it is being written. A run whose extensions are
 * not given is read for its records and figures.
 *
 * @throws RunError if the files are no run's, or one of them cannot be read
 */
export async function readRunFiles(
  files: ReadableFiles,
  options: { extensions?: Extensions } = {},
): Promise<StoredRun> {
  const config = await readConfig(files, options);
  const { lines, torn } = await readMetricsFile(files);
  return {
    config,
    records: lines.map(({ record }) => record),
    summary: await readSummaryFile(files),
    checkpoints: await listCheckpoints(files),
    notices: torn === "" ? [] : [tornNotice(files)],
  };
}

/** Reads a checkpoint. Throws a `RunError` that names the file where it is not whole. */
export async function readCheckpointFile(files: ReadableFiles, name: string): Promise<Checkpoint> {
  const bytes = await files.read(name);
  if (bytes === null) throw new RunError(`There is no ${files.path(name)}.`);
  return readCheckpointBytes(bytes, files.path(name));
}

/** Reads a checkpoint's bytes. Throws a `RunError` with the file's path where they are not whole. */
export async function readCheckpointBytes(bytes: Uint8Array, path: string): Promise<Checkpoint> {
  try {
    return await decodeCheckpoint(bytes);
  } catch (error) {
    throw new RunError(`${path} is no whole checkpoint: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Reads a run's config.json. */
export async function readConfig(
  files: ReadableFiles,
  options: { extensions?: Extensions } = {},
): Promise<RunConfig> {
  const text = await readText(files, configName);
  if (text === null) throw new RunError(`${files.folder} is no run: it has no ${configName}.`);
  return decoded(files, () => decodeConfig(text, options));
}

/** Reads a run's metrics.jsonl; a run that has not been evaluated has none. */
export async function readMetricsFile(files: ReadableFiles): Promise<Metrics> {
  const text = await readText(files, metricsName);
  return decoded(files, () => decodeMetrics(text ?? ""));
}

/** Reads a run's summary.json; null if there is none. */
export async function readSummaryFile(files: ReadableFiles): Promise<Summary | null> {
  const text = await readText(files, summaryName);
  return text === null ? null : decoded(files, () => decodeSummary(text));
}

/** What to say of metrics whose last line a crash cut off. */
export function tornNotice(files: ReadableFiles): string {
  return `The last line of ${files.path(metricsName)} is torn and was left out.`;
}

/** A run's checkpoint files, whole or not, the oldest first. */
export async function listCheckpoints(
  files: Pick<RunFiles, "listCheckpoints">,
): Promise<StoredRun["checkpoints"]> {
  return (await files.listCheckpoints())
    .flatMap((name) => {
      const step = checkpointStep(name);
      return step === null ? [] : [{ step, name }];
    })
    .sort((a, b) => a.step - b.step);
}

async function readText(files: ReadableFiles, name: string): Promise<string | null> {
  const bytes = await files.read(name);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** Says in what folder the file lies that cannot be read. */
function decoded<T>(files: ReadableFiles, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    throw new RunError(`${files.folder}: ${error.message}`, { cause: error });
  }
}
