import { RunError } from "../run/error";
import { metricsName } from "../run/names";
import { listCheckpoints, readCheckpointFile, readMetricsFile, readSummaryFile } from "../run/read";
import { hasEnded } from "../run/record";
import { recordsUntil } from "../run/records-until";
import { DiskFiles } from "./disk-files";

/**
 * Checks that the records of a run in a folder are as many as its newest checkpoint has seen; of a
 * run without checkpoints, that they reach the step at which it ended as planned.
 *
 * @throws RunError if records are missing, or that checkpoint cannot be read
 */
export async function checkRecords(folder: string): Promise<void> {
  const files = new DiskFiles(folder);
  const newest = (await listCheckpoints(files)).at(-1);
  const { lines } = await readMetricsFile(files);
  const steps = lines.map(({ record }) => record.step);
  if (newest !== undefined) {
    const { progress } = await readCheckpointFile(files, newest.name);
    recordsUntil(steps, progress, files.path(metricsName));
    return;
  }
  const summary = await readSummaryFile(files);
  if (summary === null || !hasEnded(summary.status)) return;
  const last = steps.at(-1) ?? 0;
  if (last < summary.steps) {
    throw new RunError(
      `${files.path(metricsName)} ends at step ${last}, but the run ended at step ${summary.steps}; restore the file.`,
    );
  }
}
