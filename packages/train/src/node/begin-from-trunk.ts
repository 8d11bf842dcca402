import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Experiment } from "../experiment/experiment";
import { writeFork } from "../fork/fork-run";
import { linesSeen } from "../fork/lines-seen";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { type Checkpoint, decodeCheckpoint } from "../run/checkpoint";
import { parseConfig } from "../run/config";
import { differencesOf, environmentOf } from "../run/environment";
import { fingerprint } from "../run/fingerprint";
import { checkpointsName } from "../run/names";
import { listCheckpoints, readConfig, readMetricsFile } from "../run/read";
import { checkMachine } from "./check-machine";
import { DiskFiles } from "./disk-files";
import type { LockOptions } from "./lock";
import { makeFolder } from "./make-folder";
import { packageVersions } from "./package-versions";
import { takeNewFolder } from "./take-new-folder";

/** Folders beside a run that are looked into, at most. */
const maxSiblings = 500;

/** Where a run begins that is another one up to a step. */
interface Trunk {
  /** The name of the other run's folder. */
  name: string;
  step: number;
  checkpoint: { name: string; bytes: Uint8Array<ArrayBuffer>; content: Checkpoint };
  lines: string[];
}

/**
 * Makes the folder of a run whose changes set it apart from a run beside it at some step, and gives it
 * what that run has come to: it need not be trained again.
 *
 * @param experiment with the backend that is to run it, which tfjs runs now
 * @returns the run beside it and the step, or null, with nothing made, if there is none whose
 *   checkpoint the same environment computed
 */
export async function beginFromTrunk(
  folder: string,
  experiment: Experiment,
  options: LockOptions & { extensions?: Extensions } = {},
): Promise<Pick<Trunk, "name" | "step"> | null> {
  if (experiment.changes === undefined) return null;
  const { extensions } = options;
  const environment = await environmentOf({ versions: await packageVersions() });
  let found: Trunk | null = null;
  const beside = await readdir(dirname(folder)).catch(() => []);
  for (const name of beside.slice(0, maxSiblings)) {
    const trunk = await trunkIn(join(dirname(folder), name), name, experiment, options).catch(
      // One that cannot be read now is no trunk.
      () => null,
    );
    if (trunk === null || trunk.step <= (found?.step ?? 0)) continue;
    const { environment: then } = trunk.checkpoint.content;
    if (then !== undefined && differencesOf(then, environment).length === 0) found = trunk;
  }
  if (found === null) return null;
  checkMachine(experiment, extensions);
  const config = parseConfig(
    { ...experiment, ...found.checkpoint.content.environment },
    collect(extensions),
  );
  const { name, step, checkpoint, lines } = found;
  const files = await takeNewFolder(folder, options, async (taken) => {
    await makeFolder(taken.path(checkpointsName));
    await writeFork(taken, { config, checkpoint, lines }, { extensions });
    return taken;
  });
  await files.close();
  return { name, step };
}

/** The newest checkpoint of a run up to which it is the same as an experiment. */
async function trunkIn(
  folder: string,
  name: string,
  experiment: Experiment,
  { extensions }: { extensions?: Extensions },
): Promise<Trunk | null> {
  const files = new DiskFiles(folder);
  // Only runs have a config; what else lies there is refused.
  await readConfig(files, { extensions });
  for (const { name: file, step } of (await listCheckpoints(files)).reverse()) {
    const bytes = await files.read(file);
    if (bytes === null) continue;
    const content = await decodeCheckpoint(bytes);
    if (content.experiment !== (await fingerprint(experiment, step))) continue;
    const { lines } = await readMetricsFile(files);
    const seen = linesSeen(files, lines, content);
    return { name, step, checkpoint: { name: file, bytes, content }, lines: seen };
  }
  return null;
}
