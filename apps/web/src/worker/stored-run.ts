import { experimentOf, type ReadableFiles, readRunFiles, type StoredRun } from "@grok/train";
import { extensionsHere, unreadyFor } from "./extensions";

/**
 * Reads a run, with the kinds of the extensions that it was made with, if they are here, and else for
 * its records alone.
 *
 * @throws RunError if the files are no run's, or one of them cannot be read
 */
export async function readStoredRun(files: ReadableFiles): Promise<StoredRun> {
  const run = await readRunFiles(files);
  const isOfExtensions = (run.config.extensions ?? []).length > 0;
  const isReady = unreadyFor(experimentOf(run.config)) === null;
  return isOfExtensions && isReady ? readRunFiles(files, extensionsHere()) : run;
}
