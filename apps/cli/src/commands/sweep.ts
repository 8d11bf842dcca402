import {
  expandSweep,
  isDone,
  planOf,
  type RunState,
  type SweepState,
  waitingRun,
} from "@grok/sweep";
import { runSweep, share, writeOutcome } from "@grok/sweep/node";
import type { GivenFlags } from "../arguments/invocation";
import { count, countOf, duration } from "../quantity";
import { withFileErrors } from "../run/file-error";
import { listenForInterrupt } from "../run/interrupt";
import { type Status, status } from "../status";
import { estimate } from "../sweep/estimate";
import { settingText } from "../sweep/settings-text";
import { SweepStanding } from "../sweep/standing";
import { chooseSweepDisplay } from "../sweep/sweep-display";
import { sweepReport } from "../sweep/sweep-report";
import { readRequest, type SweepRequest } from "../sweep/sweep-request";
import { pageOf } from "../terminal/page";
import { styleFor } from "../terminal/style";
import { table } from "../terminal/table";
import type { World } from "../world";

/**
 * Does the runs of a sweep that are not done yet.
 *
 * @throws UsageError or SweepError before anything is written, RunError where another process is at
 * the sweep
 */
export async function sweep(
  file: string | undefined,
  given: GivenFlags,
  world: World,
): Promise<Status> {
  const request = await readRequest(file, given);
  if (request.dryRun) return dryRun(request, world);
  const plan = planOf(request.sweep);
  const first = plan.next([]);
  const standing = new SweepStanding({
    axes: plan.axes,
    most: plan.most,
    stopsOnGrok: first.some(({ experiment }) => experiment.training.stopOnGrok),
    stepsPerRun: Math.max(...first.map(({ experiment }) => experiment.training.steps)),
  });
  const { folder, jobs, threads, reuse, output } = request;
  const interrupt = listenForInterrupt(world);
  const display = chooseSweepDisplay(standing, world, output);
  interrupt.onFirst = () => {
    standing.note = "stopping; Ctrl-C again leaves at once";
  };
  interrupt.onSecond = () => display.close();
  let state: SweepState;
  try {
    state = await withFileErrors(`The sweep cannot be written to ${folder}`, () =>
      runSweep(plan, {
        folder,
        jobs,
        threads,
        reuse,
        signal: interrupt.signal,
        onChange(run, event) {
          standing.heard(run, performance.now() / 1000);
          if (event === null && run.state !== "running") display.ended(run);
        },
      }),
    );
  } finally {
    display.close();
    interrupt.release();
  }
  const main = output.json ? world.stderr : world.stdout;
  const files = await writeOutcome(folder, state, { plots: output.plots });
  main.write(sweepReport(state, folder, files, pageOf(main, world.env)));
  if (interrupt.signal.aborted && !state.runs.every(hasEnded)) return status.interrupted;
  return state.runs.some((run) => run.state === "failed") ? status.failed : status.done;
}

function hasEnded(run: RunState): boolean {
  return isDone(run) || run.state === "failed" || run.state === "stopped";
}

/** Shows the runs, and how long they would take, and does none. */
async function dryRun({ sweep: asked, ...request }: SweepRequest, world: World): Promise<Status> {
  const plan = planOf(asked);
  const runs = expandSweep(asked);
  const shared = share(request, runs.length);
  const time = await estimate(runs, shared);
  const states = runs.map((run) => waitingRun(run, plan.axes));
  if (request.output.json) {
    const facts = { folder: request.folder, ...shared, seconds: time.seconds, runs: states };
    world.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return status.done;
  }
  const style = styleFor(world.stdout, world.env);
  const columns = ["run", ...plan.axes].map((title) => ({ title }));
  const rows = states.map(({ name, settings }) => [
    name,
    ...plan.axes.map((axis) => settingText(settings[axis])),
  ]);
  world.stdout.write(table(columns, rows, style));
  const of =
    time.measured < time.kinds ? ` (${time.measured} of ${time.kinds} kinds of runs measured)` : "";
  world.stdout.write(
    `\n${countOf(runs.length, "run")}, ${count(shared.jobs)} at a time with ${countOf(shared.threads, "thread")} each: about ${duration(time.seconds)} if none stops before its last step${of}.\n`,
  );
  return status.done;
}
