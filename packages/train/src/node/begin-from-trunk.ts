import type { Experiment } from "../experiment/experiment";
import { writeFork } from "../fork/fork-run";
import { linesSeen } from "../fork/lines-seen";
import { type FoundCheckpoint, newestCheckpoint } from "../fork/newest-checkpoint";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { parseConfig } from "../run/config";
import { differencesOf, environmentOf } from "../run/environment";
import { checkpointsName } from "../run/names";
import { readMetricsFile } from "../run/read";
import { checkMachine } from "./check-machine";
import { DiskFiles } from "./disk-files";
import type { LockOptions } from "./lock";
import { makeFolder } from "./make-folder";
import { packageVersions } from "./package-versions";
import { takeNewFolder } from "./take-new-folder";

/** Where a run begins that is another one up to a step. */
interface Trunk {
  /** The folder of the other run. */
  folder: string;
  step: number;
  checkpoint: FoundCheckpoint;
  lines: string[];
}

/**
 * Makes the folder of a run whose changes set it apart from other runs at some step, and gives it what
 * that run has come to which is the same the longest: it need not be trained again. The others are only
 * read, and may be in progress.
 *
 * @param experiment with the backend that is to run it, which tfjs runs now
 * @param others folders of runs that may be the same for a while; what cannot be read now is passed over
 * @returns the folder of that run and the step, or null, with nothing made, if none has a checkpoint
 *   that the same environment computed
 */
export async function beginFromTrunk(
  folder: string,
  experiment: Experiment,
  others: readonly string[],
  options: LockOptions & { extensions?: Extensions } = {},
): Promise<Pick<Trunk, "folder" | "step"> | null> {
  if (others.length === 0) return null;
  const { extensions } = options;
  const environment = await environmentOf({ versions: await packageVersions() });
  let found: Trunk | null = null;
  for (const other of others) {
    const trunk = await trunkIn(other, experiment, options).catch(() => null);
    if (trunk === null || trunk.step <= (found?.step ?? 0)) continue;
    const { environment: then } = trunk.checkpoint.content;
    if (then !== undefined && differencesOf(then, environment).length === 0) found = trunk;
  }
  if (found === null) return null;
  checkMachine(experiment, extensions);
  const { step, checkpoint, lines } = found;
  const config = parseConfig(
    { ...experiment, ...checkpoint.content.environment },
    collect(extensions),
  );
  const files = await takeNewFolder(folder, options, async (taken) => {
    await makeFolder(taken.path(checkpointsName));
    await writeFork(taken, { config, checkpoint, lines }, { extensions });
    return taken;
  });
  await files.close();
  return { folder: found.folder, step };
}

/** The newest checkpoint of a run up to which it is the same as an experiment. */
async function trunkIn(
  folder: string,
  experiment: Experiment,
  { extensions }: { extensions?: Extensions },
): Promise<Trunk | null> {
  const files = new DiskFiles(folder);
  const checkpoint = await newestCheckpoint(files, experiment, collect(extensions));
  if (checkpoint === null) return null;
  const { lines } = await readMetricsFile(files);
  const { step } = checkpoint.content.progress;
  return { folder, step, checkpoint, lines: linesSeen(files, lines, checkpoint.content) };
}
