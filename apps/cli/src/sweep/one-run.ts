import { expandSweep, type RunState, sweepAxes, trunksOf, waitingRun } from "@grok/sweep";
import { runFolder, startRunner } from "@grok/sweep/node";
import { keepExtensions } from "@grok/train/node";
import type { ProcessEnv } from "../process-env";
import { countOf } from "../quantity";
import { RunFailure } from "../run/failure";
import { withFileErrors } from "../run/file-error";
import { listenForInterrupt } from "../run/interrupt";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";
import { settingsText } from "./settings-text";
import { outcomeText } from "./sweep-display";
import type { SweepRequest } from "./sweep-request";

/**
 * Does one run of a sweep in its folder, and touches nothing else of it: many tasks of a cluster do
 * this side by side. A run that has ended is left alone; one that was stopped continues.
 *
 * @throws UsageError if there is no such run, RunFailure if it failed
 */
export async function oneRun(
  { sweep, folder, threads, takeOver, allowChanges, extensions }: SweepRequest,
  index: number,
  processEnv: ProcessEnv,
): Promise<Status> {
  const runs = expandSweep(sweep, { extensions });
  const run = runs[index];
  if (run === undefined) {
    throw new UsageError(
      `--only-index must be below ${runs.length}, as the sweep has ${countOf(runs.length, "run")}; it is ${index}.`,
    );
  }
  const target = runFolder(folder, run.name);
  const interrupt = listenForInterrupt(processEnv);
  const runner = startRunner({
    threads,
    takeOver,
    allowChanges,
    extensions: await keepExtensions(folder, extensions),
  });
  try {
    const summary = await withFileErrors(`The run cannot be written to ${target}`, () =>
      runner.run(
        { run, folder: target, trunks: trunksOf(run, runs) },
        {
          signal: interrupt.signal,
          onEvent(event) {
            if (event.type === "waiting") processEnv.stderr.write(`${event.reason}\n`);
            if (event.type === "notice") processEnv.stderr.write(`${run.name}: ${event.text}\n`);
          },
        },
      ),
    );
    const state: RunState = {
      ...waitingRun(run, sweepAxes(sweep, { extensions }), { extensions }),
      state: summary.status,
      step: summary.steps,
      t_grok: summary.t_grok,
      elapsed_sec: summary.elapsed_sec,
    };
    if (summary.status === "failed") throw new RunFailure(`${run.name}: ${summary.error}`);
    processEnv.stdout.write(`${run.name}, ${settingsText(state)}: ${outcomeText(state)}\n`);
    return summary.status === "interrupted" ? status.interrupted : status.done;
  } finally {
    interrupt.release();
    await runner.stop();
  }
}
