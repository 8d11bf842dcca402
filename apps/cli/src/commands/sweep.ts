import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  adaptivePlan,
  expandSweep,
  isDone,
  planOf,
  type RunState,
  type Sweep,
  type SweepPlan,
  type SweepState,
  waitingRun,
} from "@grok/sweep";
import { runSweep, runsName, share, writeOutcome } from "@grok/sweep/node";
import type { LoadedExtension } from "@grok/train";
import type { GivenFlags } from "../arguments/given-flags";
import { checkFonts, fontNotice } from "../figure/fonts";
import type { ProcessEnv } from "../process-env";
import { count, countOf, duration } from "../quantity";
import { withFileErrors } from "../run/file-error";
import { type Interrupt, listenForInterrupt } from "../run/interrupt";
import { type Status, status } from "../status";
import { estimate } from "../sweep/estimate";
import { settingText } from "../sweep/settings-text";
import { chooseSweepDisplay, type SweepDisplay } from "../sweep/sweep-display";
import { sweepReport } from "../sweep/sweep-report";
import { readRequest, type SweepRequest } from "../sweep/sweep-request";
import { SweepStatus } from "../sweep/sweep-status";
import { pageOf } from "../terminal/page";
import { styleFor } from "../terminal/style";
import { table } from "../terminal/table";

/**
 * Does the runs of a sweep that are not done yet.
 *
 * @throws UsageError or SweepError before anything is written, RunError if another process is at
 * the sweep
 */
export async function sweep(
  file: string | undefined,
  given: GivenFlags,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const request = await readRequest(file, given, processEnv, extensions);
  await checkFonts(request.output.fonts);
  if (request.dryRun) return dryRun(request, processEnv);
  if (request.onlyIndex !== null) {
    return (await import("../sweep/one-run")).oneRun(request, request.onlyIndex, processEnv);
  }
  const { budget } = request;
  const plan = planFor(request.sweep, budget, extensions);
  const first = plan.next([]);
  const sweepStatus = new SweepStatus({
    axes: plan.axes,
    maxRuns: plan.maxRuns,
    stopsOnGrok: first.some(({ experiment }) => experiment.training.stopOnGrok),
    stepsPerRun: Math.max(...first.map(({ experiment }) => experiment.training.steps)),
  });
  const { folder, jobs, threads, reuse, output } = request;
  const interrupt = listenForInterrupt(processEnv);
  const display = chooseSweepDisplay(sweepStatus, processEnv, output);
  interrupt.onFirst = () => {
    sweepStatus.note = "stopping; Ctrl-C again leaves at once";
  };
  interrupt.onSecond = () => display.close();
  let state: SweepState;
  try {
    state = await withFileErrors(`The sweep cannot be written to ${folder}`, () =>
      request.queue === null
        ? runSweep(plan, {
            folder,
            extensions,
            jobs,
            threads,
            reuse,
            takeOver: request.takeOver,
            allowChanges: request.allowChanges,
            signal: interrupt.signal,
            onWait: (sentence) => display.message(`${sentence}\n`),
            onChange(run, event) {
              if (event?.type === "waiting") display.message(`${event.reason}\n`);
              if (event?.type === "notice") display.message(`${run.name}: ${event.text}\n`);
              sweepStatus.onEvent(run, performance.now() / 1000);
              if (event === null && run.state !== "running") display.ended(run);
            },
          })
        : onQueue(plan, { ...request, queue: request.queue }, interrupt, sweepStatus, display),
    );
  } finally {
    display.close();
    interrupt.release();
  }
  const main = output.json ? processEnv.stderr : processEnv.stdout;
  const files = await writeOutcome(folder, state, { plots: output.plots, fonts: output.fonts });
  processEnv.stderr.write(fontNotice(output.fonts));
  const strangers = await foreignRuns(folder, state);
  main.write(sweepReport({ state, folder, files, strangers }, pageOf(main, processEnv.env)));
  if (interrupt.signal.aborted && !state.runs.every(hasEnded)) return status.interrupted;
  return state.runs.some((run) => run.state === "failed") ? status.failed : status.done;
}

/** Lets a queue's workers do the runs, and shows how they stand. */
async function onQueue(
  plan: SweepPlan,
  {
    folder,
    reuse,
    takeOver,
    queue,
    extensions,
  }: SweepRequest & { queue: NonNullable<SweepRequest["queue"]> },
  interrupt: Interrupt,
  sweepStatus: SweepStatus,
  display: SweepDisplay,
): Promise<SweepState> {
  interrupt.onFirst = () => {
    sweepStatus.note = "leaving; the workers continue, and the same command collects what they do";
  };
  // What needs BullMQ is loaded where there is a queue.
  const { runSweepOnQueue } = await import("@grok/sweep/queue");
  return runSweepOnQueue(plan, {
    ...queue,
    folder,
    extensions,
    reuse,
    takeOver,
    signal: interrupt.signal,
    onTrouble: (sentence) => display.message(`${sentence}\n`),
    onCounts({ waiting, active, workers }) {
      if (interrupt.signal.aborted) return;
      const jobs = `${countOf(waiting, "job")} waiting, ${count(active)} at work`;
      sweepStatus.note = `${jobs}, ${workers === 0 ? "no worker yet: grok worker" : countOf(workers, "worker")}`;
    },
    onChange(run) {
      sweepStatus.onEvent(run, performance.now() / 1000);
      if (hasEnded(run)) display.ended(run);
    },
  });
}

/** How many runs the folder holds that are of another sweep. */
async function foreignRuns(folder: string, { runs }: SweepState): Promise<number> {
  const own = new Set(runs.map(({ name }) => name));
  const names = await readdir(join(folder, runsName)).catch(() => []);
  return names.filter((name) => /^[0-9a-f]{16}$/.test(name) && !own.has(name)).length;
}

function hasEnded(run: RunState): boolean {
  return isDone(run) || run.state === "failed" || run.state === "stopped";
}

/** Shows the runs, and how long they would take, and does none. */
async function dryRun(
  { sweep: asked, ...request }: SweepRequest,
  processEnv: ProcessEnv,
): Promise<Status> {
  const { extensions } = request;
  const plan = planFor(asked, request.budget, extensions);
  const runs = request.budget === null ? plan.next([]) : expandSweep(asked, { extensions });
  const shared = share(request, runs.length);
  const time = await estimate(runs, shared, extensions);
  const seconds = (time.seconds * plan.maxRuns) / runs.length;
  const states = runs.map((run) => waitingRun(run, plan.axes, { extensions }));
  const later = request.budget === null ? plan.maxRuns - runs.length : 0;
  if (request.output.json) {
    const facts = { folder: request.folder, ...shared, most: plan.maxRuns, seconds, runs: states };
    processEnv.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return status.done;
  }
  const style = styleFor(processEnv.stdout, processEnv.env);
  const columns = ["run", ...plan.axes].map((title) => ({ title }));
  const rows = states.map(({ name, settings }) => [
    name,
    ...plan.axes.map((axis) => settingText(settings[axis])),
  ]);
  processEnv.stdout.write(table(columns, rows, style));
  const what =
    request.budget === null
      ? `${countOf(runs.length, "run")}${later > 0 ? `, and up to ${count(later)} more that continue from them at t_mem or t_grok` : ""}`
      : `At most ${countOf(plan.maxRuns, "run")} at these points`;
  const of =
    time.measured < time.kinds ? ` (${time.measured} of ${time.kinds} kinds of runs measured)` : "";
  processEnv.stdout.write(
    `\n${what}, ${count(shared.jobs)} at a time with ${countOf(shared.threads, "thread")} each: about ${duration(seconds)} if none stops before its last step${of}.\n`,
  );
  return status.done;
}

function planFor(
  asked: Sweep,
  budget: number | null,
  extensions: readonly LoadedExtension[],
): SweepPlan {
  return budget === null
    ? planOf(asked, { extensions })
    : adaptivePlan(asked, { budget, extensions });
}
