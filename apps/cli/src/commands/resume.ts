import { stopBackend } from "@grok/backend";
import {
  experimentOf,
  type LoadedExtension,
  type RunConfig,
  type Summary,
  train,
} from "@grok/train";
import { openRun, readRun, tidyRun } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import { extensionsOfRun } from "../extension/run-extensions";
import { checkFonts } from "../figure/fonts";
import type { ProcessEnv } from "../process-env";
import { count } from "../quantity";
import { environment } from "../run/environment";
import { withFileErrors } from "../run/file-error";
import { listenForInterrupt } from "../run/interrupt";
import { checkPlotFile, takeOutputFlags } from "../run/output-flags";
import { publishPhase } from "../run/phase";
import { recovery } from "../run/recover";
import { isDone, withChanges } from "../run/resume-changes";
import { runToEnd } from "../run/run-to-end";
import { startBackend } from "../run/start-backend";
import { stoppedEarly } from "../run/stopped-early";
import { lockOptions } from "../run/take-over";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

/**
 * Continues a run from its last checkpoint, exactly.
 *
 * @throws UsageError or ExperimentError for a change that it does not allow, RunError for a folder
 * that is no run or cannot continue, RunFailure if the run failed
 */
export async function resume(
  folder: string,
  given: GivenFlags,
  processEnv: ProcessEnv,
  used: readonly LoadedExtension[] = [],
): Promise<Status> {
  const { "allow-changes": allowChanges = false, "take-over": takeOver, ...rest } = given;
  const [output, flags] = takeOutputFlags(rest);
  if (output.savePlot !== undefined) await checkPlotFile(output.savePlot);
  await checkFonts(output.fonts);
  const extensions = await extensionsOfRun(folder, given, used, processEnv);
  const { config, summary, checkpoints } = await withFileErrors(`${folder} cannot be read`, () =>
    readRun(folder, { extensions }),
  );
  const changed = { ...config, ...withChanges(experimentOf(config), flags, extensions) };
  const isChanged = Object.keys(flags).length > 0;
  const reached = summary ?? { steps: checkpoints.at(-1)?.step ?? 0, t_grok: null };
  // A run that crashed behind its last step has no summary yet, and gets it.
  if (isDone(changed, reached) && (isChanged || summary !== null)) {
    const sentence = whyDone(changed, reached);
    if (isChanged) throw new UsageError(`${folder} cannot continue: ${sentence}`);
    await tidyRun(folder);
    processEnv[output.json ? "stderr" : "stdout"].write(`${folder} has ended: ${sentence}\n`);
    return status.done;
  }
  const interrupt = listenForInterrupt(processEnv);
  try {
    const backend = await startBackend(changed.backend, changed.threads);
    if (interrupt.signal.aborted) return stoppedEarly(output, processEnv);
    const open = await withFileErrors(`${folder} cannot be resumed`, () =>
      openRun(folder, {
        extensions,
        experiment: experimentOf(changed),
        environment,
        allowChanges: allowChanges === true,
        ...lockOptions(takeOver, interrupt, processEnv),
      }),
    );
    try {
      const events = train(experimentOf(open.config), {
        extensions,
        store: open.store,
        resumeFrom: open.checkpoint,
        // A notice says which columns of somebody's own end.
        measure: null,
        environment,
        signal: interrupt.signal,
        threads: backend.threads,
        onPhase: publishPhase,
        ...recovery(backend, changed.threads),
      });
      const { records } = await readRun(folder, { extensions });
      const { tMem = null, tGrok = null } = open.checkpoint?.progress ?? {};
      const notices = [...(backend.notice === undefined ? [] : [backend.notice]), ...open.notices];
      const before = { records, tMem, tGrok };
      const ready = { folder, backend, events, notices, before, extensions };
      return await runToEnd(ready, output, interrupt, processEnv);
    } finally {
      await open.store.close();
    }
  } finally {
    interrupt.release();
    await stopBackend();
  }
}

/** Why a run has nothing left to do, and what lets it continue. */
function whyDone(
  { training }: RunConfig,
  { steps, t_grok }: Pick<Summary, "steps" | "t_grok">,
): string {
  if (training.stopOnGrok && t_grok !== null) {
    return `it grokked at step ${count(t_grok)}, where it was to stop; --no-stop-on-grok lets it continue.`;
  }
  return `it has made ${count(steps)} steps, and its limit is ${count(training.steps)}; a higher --steps lets it continue.`;
}
