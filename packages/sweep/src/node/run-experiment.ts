import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type BackendChoice, backendRecovery, useBackend } from "@grok/backend";
import {
  EnvironmentError,
  experimentOf,
  hasEnded,
  type LoadedExtension,
  type Recovery,
  RunError,
  type Summary,
  type TrainOptions,
  train,
} from "@grok/train";
import { beginFromTrunk, createRun, FolderInUseError, openRun, readRun } from "@grok/train/node";
import { enableProdMode } from "@tensorflow/tfjs-core";
import { version } from "../../package.json";
import { runName } from "../run/run-name";
import { MachineError, machineFault } from "./machine-fault";
import type { RunEvent, RunnerSettings, RunTask } from "./runner-message";

/** Milliseconds between signs of life; a table of runs is no film. */
const progressMs = 250;

/**
 * Milliseconds that a run may still be held by a process that is told to end: it makes its step, and
 * writes a checkpoint.
 */
const patienceMs = 30_000;

/** Milliseconds between two tries to take a folder. */
const tryEvery = 100;

/**
 * Does a run in its folder, in this process: continues from its last checkpoint if there is one, and
 * leaves alone a run that has ended as planned. A folder that a process is just leaving, such as that
 * of a sweep that was killed, is waited for.
 *
 * @param tell is called with the run's events, except its end
 * @returns the summary, which is also in the folder; its status says whether the run failed or was
 *   stopped by the signal
 * @throws RunError if the folder holds another run; EnvironmentError if the backend or a version has
 *   changed and that is not allowed; FolderInUseError if the folder is another process's after 30 s; MachineError
 *   if this machine cannot do the run, e.g. as its disk is full
 */
export async function runExperiment(
  task: RunTask,
  settings: RunExperimentSettings,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<Summary> {
  let until: number | undefined;
  for (;;) {
    try {
      return await attempt(task, settings, tell, signal);
    } catch (error) {
      if (!(error instanceof FolderInUseError)) throw error;
      const now = performance.now();
      if (until === undefined) {
        until = now + patienceMs;
        const seconds = patienceMs / 1000;
        tell({ type: "waiting", reason: `Waiting up to ${seconds} s: ${error.message}` });
      }
      if (now > until || signal.aborted) throw error;
      await setTimeout(tryEvery, undefined, { signal }).catch(() => {});
    }
  }
}

/** What a runner's process knows of all its runs. */
export type RunExperimentSettings = Omit<RunnerSettings, "extensions" | "data"> & {
  extensions?: readonly LoadedExtension[];
};

/** Does the run, if its folder is nobody else's now. */
async function attempt(
  { run, folder, trunks = [] }: RunTask,
  settings: RunExperimentSettings,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<Summary> {
  const { takeOver, allowChanges, extensions } = settings;
  const onWait = (reason: string) => tell({ type: "waiting", reason });
  const lock = { takeOver, signal, onWait };
  if (!existsSync(join(folder, "config.json"))) {
    const { experiment } = run;
    const backend = await startBackend(
      settings.backend === "auto" ? experiment.backend : settings.backend,
      settings.threads,
    );
    const resolved = { ...experiment, backend: backend.name };
    const beside = trunks.map((name) => join(dirname(folder), name));
    const trunk = await beginFromTrunk(folder, resolved, beside, { ...lock, extensions });
    if (trunk !== null) {
      const text = `It continues from step ${trunk.step} of ${basename(trunk.folder)}, up to which it is the same.`;
      tell({ type: "notice", text });
      return attempt({ run, folder }, settings, tell, signal);
    }
    const versions = { "@grok/sweep": version };
    const store = await createRun(folder, { ...resolved, versions }, { ...lock, extensions });
    const options = { store, resumeFrom: null, signal, extensions, ...on(backend, settings) };
    return follow(resolved, options, tell);
  }
  const { config, summary } = await readRun(folder, { extensions });
  const name = runName(experimentOf(config));
  if (name !== run.name) {
    throw new RunError(`${folder} holds the run ${name}, not ${run.name}; move it away.`);
  }
  if (summary !== null && hasEnded(summary.status)) return summary;
  // On the backend that it began on, so that it gives the same bytes as a run that never stopped.
  const backend = await startBackend(config.backend, settings.threads);
  const open = await openRun(folder, {
    ...lock,
    allowChanges: allowChanges ?? false,
    extensions,
  }).catch((error: unknown) => {
    if (!(error instanceof EnvironmentError) || allowChanges !== null) throw error;
    throw new EnvironmentError(error.reason);
  });
  for (const text of open.notices) tell({ type: "notice", text });
  const { store, checkpoint } = open;
  const options = {
    store,
    resumeFrom: checkpoint,
    // A notice has said which columns of somebody's own end.
    measure: null,
    signal,
    extensions,
    ...on(backend, settings),
  };
  return follow(experimentOf(open.config), options, tell);
}

async function follow(
  experiment: Parameters<typeof train>[0],
  options: Parameters<typeof train>[1] & { store: { close(): Promise<void> } },
  tell: (event: RunEvent) => void,
): Promise<Summary> {
  try {
    for await (const event of train(experiment, { ...options, progressMs })) {
      if (event.type !== "end") {
        tell(event);
        continue;
      }
      const reason = machineFault(event.cause);
      if (reason === null) return event.summary;
      throw new MachineError(`This machine cannot do the run: ${reason}.`, { cause: event.cause });
    }
  } finally {
    await options.store.close();
  }
  throw new Error("The run ended without saying how.");
}

/** What a run is told of its backend: one on a graphics device continues when that is lost. */
function on(
  { name, threads }: BackendChoice,
  settings: RunExperimentSettings,
): Pick<TrainOptions, "threads" | "recover"> {
  if (name !== "webgpu") return { threads };
  const next = backendRecovery({ threads: settings.threads ?? undefined });
  const recover = async (error: unknown): Promise<Recovery | null> => {
    const choice = await next(error);
    return choice && { threads: choice.threads };
  };
  return { threads, recover };
}

function startBackend(
  name: RunnerSettings["backend"],
  threads: number | null,
): Promise<BackendChoice> {
  // Without this, tfjs's cpu backend advertises another package on stderr.
  enableProdMode();
  // A backend that does not start does so for want of a package, a device, memory or threads.
  return useBackend(name, { threads: threads ?? undefined }).catch((error: Error) => {
    throw new MachineError(error.message, { cause: error });
  });
}
