import { stopBackend } from "@grok/backend";
import {
  checkParts,
  collect,
  type Experiment,
  type LoadedExtension,
  measuresOf,
  resolveExperiment,
  train as trainEvents,
} from "@grok/train";
import { createRun, readDataFlags } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import { checkFonts } from "../figure/fonts";
import type { ProcessEnv } from "../process-env";
import { count } from "../quantity";
import { chooseBackend } from "../run/choose-backend";
import { chooseThreads } from "../run/choose-threads";
import { environment } from "../run/environment";
import { withFileErrors } from "../run/file-error";
import { listenForInterrupt } from "../run/interrupt";
import { checkPlotFile, takeOutputFlags } from "../run/output-flags";
import { publishPhase } from "../run/phase";
import { recovery } from "../run/recover";
import { freeRunFolder } from "../run/run-folder";
import { runToEnd } from "../run/run-to-end";
import { stoppedEarly } from "../run/stopped-early";
import { lockOptions } from "../run/take-over";
import type { Status } from "../status";

/**
 * Trains one run in a folder of its own.
 *
 * @throws UsageError or ExperimentError before anything is written, RunError for a folder that is
 * taken, RunFailure if the run failed
 */
export async function train(
  given: GivenFlags,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const { "take-over": takeOver, ...rest } = given;
  const [output, written] = takeOutputFlags(rest);
  const flags = await readDataFlags(written, collect(extensions));
  const preset = given.preset as string | undefined;
  const experiment = resolveExperiment({ preset, flags, extensions });
  if (output.savePlot !== undefined) await checkPlotFile(output.savePlot);
  await checkFonts(output.fonts);
  const interrupt = listenForInterrupt(processEnv);
  try {
    const { signal } = interrupt;
    const chosen = await chooseBackend(experiment, processEnv, undefined, signal);
    if (signal.aborted) return stoppedEarly(output, processEnv);
    const { backend, choice } = await chooseThreads(experiment, chosen, undefined, signal);
    if (signal.aborted) return stoppedEarly(output, processEnv);
    const folder = output.outDir ?? freeRunFolder(experiment, extensions);
    const resolved = { ...experiment, backend: backend.name };
    await checkParts(resolved, { extensions });
    const store = await withFileErrors(`The run cannot be written to ${folder}`, () =>
      createRun(
        folder,
        { ...resolved, ...environment },
        { ...lockOptions(takeOver, interrupt, processEnv), extensions },
      ),
    );
    try {
      const notices = skippedMetrics(resolved, extensions);
      if (choice !== undefined) notices.unshift(`Backend: ${choice}.`);
      if (backend.notice !== undefined) notices.unshift(backend.notice);
      const events = trainEvents(resolved, {
        extensions,
        store,
        signal,
        threads: backend.threads,
        choice,
        environment,
        onPhase: publishPhase,
        ...recovery(backend, experiment.threads),
      });
      return await runToEnd(
        { folder, backend, events, notices, extensions },
        output,
        interrupt,
        processEnv,
      );
    } finally {
      await store.close();
    }
  } finally {
    interrupt.release();
    await stopBackend();
  }
}

/** What is left out of the metrics asked for, and why. */
function skippedMetrics(experiment: Experiment, extensions: readonly LoadedExtension[]): string[] {
  const skipped = measuresOf(experiment, { extensions })?.skipped ?? [];
  const { metricsEvery, evalEvery } = experiment.training;
  const notices = skipped.map(({ name, reason }) => `There is no metric ${name}: ${reason}.`);
  if (metricsEvery > 1) {
    notices.push(
      `Metrics are computed every ${count(metricsEvery * evalEvery)} steps; --metrics-every 1 asks for them at each evaluation.`,
    );
  }
  return notices;
}
