import { type Checkpoint, checkCheckpoint } from "./checkpoint";
import { experimentOf, type RunConfig } from "./config";
import { RunError } from "./error";
import { FileStore } from "./file-store";
import type { RunFiles } from "./files";
import type { Metrics } from "./metrics";
import { metricsName, summaryName } from "./names";
import {
  listCheckpoints,
  readCheckpointFile,
  readConfig,
  readMetricsFile,
  tornNotice,
} from "./read";

/** A run that can go on. */
export interface OpenRun {
  config: RunConfig;
  store: FileStore;
  /** Where to go on from; null for the very beginning. */
  checkpoint: Checkpoint | null;
  /** What was found damaged, and what was done about it. */
  notices: string[];
}

/**
 * Opens a run to continue it: finds its last whole checkpoint and takes the metrics back to it. The
 * caller has seen to it that nobody else writes the files.
 *
 * A checkpoint that is damaged is set aside as `….damaged`, and the one before it is used. Metrics
 * of later steps are dropped, as they will be computed again, the same; a torn last line too. A run
 * that has no checkpoint yet begins anew. Nothing is changed before all this is known to work.
 *
 * @throws RunError where the files are no run's, no checkpoint among those that there are is whole,
 * or metrics from before the checkpoint are missing
 */
export async function openRunFiles(files: RunFiles): Promise<OpenRun> {
  const config = await readConfig(files);
  const { checkpoint, damaged, notices } = await lastWhole(files, config);
  const metrics = await readMetricsFile(files);
  const kept = linesUntil(files, metrics, checkpoint, notices);

  await files.removeUnfinished();
  for (const name of damaged) await files.rename(name, `${name}.damaged`);
  await files.write(metricsName, kept.map((line) => `${line}\n`).join(""));
  await files.remove(summaryName);
  const store = new FileStore(files, config.training.keepCheckpoints);
  return { config, store, checkpoint, notices };
}

/** The newest checkpoint that is whole and belongs to the run, and the damaged ones after it. */
async function lastWhole(
  files: RunFiles,
  config: RunConfig,
): Promise<{ checkpoint: Checkpoint | null; damaged: string[]; notices: string[] }> {
  const found = (await listCheckpoints(files)).reverse();
  const faults: string[] = [];
  const damaged: string[] = [];
  for (const { name, step } of found) {
    try {
      const checkpoint = await readCheckpointFile(files, name);
      await checkCheckpoint(experimentOf(config), checkpoint, step);
      const notices = faults.map((fault) => `${fault} Going on from step ${step} instead.`);
      return { checkpoint, damaged, notices };
    } catch (error) {
      faults.push((error as Error).message);
      damaged.push(name);
    }
  }
  if (found.length === 0) {
    const notice = "The run has no checkpoint yet and begins again at step 0.";
    return { checkpoint: null, damaged, notices: [notice] };
  }
  throw new RunError(`No checkpoint of ${files.folder} can be used. ${faults[0]}`);
}

/** The lines of the metrics up to a checkpoint. */
function linesUntil(
  files: RunFiles,
  { lines, torn }: Metrics,
  checkpoint: Checkpoint | null,
  notices: string[],
): string[] {
  const { step, records, lastRecord } = checkpoint?.progress ?? {
    step: -1,
    records: 0,
    lastRecord: null,
  };
  const before = lines.filter(({ record }) => record.step <= step);
  const kept = before.map(({ text }) => text);
  if (torn !== "") notices.push(tornNotice(files));
  // The checkpoint remembers the record before it, should that be the line that was torn.
  const last = before.at(-1)?.record.step ?? -1;
  if (kept.length === records - 1 && lastRecord !== null && last < lastRecord.step) {
    kept.push(JSON.stringify(lastRecord));
  }
  if (kept.length !== records) {
    throw new RunError(
      `${files.path(metricsName)} has ${kept.length} records up to step ${step}, where the checkpoint has seen ${records}; restore the file.`,
    );
  }
  return kept;
}
