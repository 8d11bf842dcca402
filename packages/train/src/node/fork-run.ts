import { type ForkPlan, type ForkRunOptions, planFork, writeFork } from "../fork/fork-run";
import { experimentOf } from "../run/config";
import { checkpointsName } from "../run/names";
import { checkMachine } from "./check-machine";
import { DiskFiles } from "./disk-files";
import type { LockOptions } from "./lock";
import { makeFolder } from "./make-folder";
import { takeNewFolder } from "./take-new-folder";

/**
 * Makes a new run of another one: the same up to a step, with other settings from there on. Then
 * {@link openRun} opens it and `train` trains it, to the bytes of a run that was trained so from its
 * beginning. The other run is only read.
 *
 * @param parent the folder of the run, which may be in progress
 * @param folder that of the fork, given the step; it must not exist yet, or be empty
 * @returns what the fork begins with
 * @throws RunError if the run has not come to that step, or there is something in the folder
 * @throws ExperimentError for flags that cannot change there; nothing is written then
 *
 * @example
 * await forkRun("runs/a", () => "runs/b", { at: "t_mem", flags: { weightDecay: 0 } });
 */
export async function forkRun(
  parent: string,
  folder: (plan: ForkPlan) => string,
  options: ForkRunOptions & LockOptions,
): Promise<ForkPlan & { folder: string }> {
  const { extensions } = options;
  const plan = await planFork(new DiskFiles(parent), options);
  checkMachine(experimentOf(plan.config), extensions);
  const path = folder(plan);
  const files = await takeNewFolder(path, options, async (taken) => {
    await makeFolder(taken.path(checkpointsName));
    await writeFork(taken, plan, { extensions });
    return taken;
  });
  await files.close();
  return { ...plan, folder: path };
}
