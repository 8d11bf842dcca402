import type { Experiment } from "../experiment/experiment";
import type { Collection } from "../kind/collection";
import { type Checkpoint, checkCheckpoint, decodeCheckpoint } from "../run/checkpoint";
import { listCheckpoints, type ReadableFiles } from "../run/read";

/** A checkpoint of a run, as it lies there and as it is. */
export interface FoundCheckpoint {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  content: Checkpoint;
}

/**
 * The newest checkpoint of a run that an experiment can continue from: one that is whole, and up to whose
 * step the run is the same. One that is damaged, or is removed meanwhile, is as if it had never been.
 *
 * @param until the last step that counts; default any
 * @returns null if there is none
 */
export async function newestCheckpoint(
  files: ReadableFiles,
  experiment: Experiment,
  kinds: Collection,
  until = Number.POSITIVE_INFINITY,
): Promise<FoundCheckpoint | null> {
  const found = (await listCheckpoints(files)).filter(({ step }) => step <= until);
  for (const { name, step } of found.reverse()) {
    const bytes = await files.read(name);
    if (bytes === null) continue;
    try {
      const content = await decodeCheckpoint(bytes);
      await checkCheckpoint(experiment, content, step, kinds);
      return { name, bytes, content };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  return null;
}
