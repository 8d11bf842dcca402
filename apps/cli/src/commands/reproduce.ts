import { join } from "node:path";
import { type Figure, figures } from "@grok/reproduce";
import {
  findRuns,
  planFor,
  type Reproduced,
  readRecorded,
  recordResult,
  reproduce as reproduceFigure,
  writeDocument,
} from "@grok/reproduce/node";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { analyseEnd } from "../reproduce/analyse-end";
import { figureTable, listFigures } from "../reproduce/figure-list";
import { type ReproduceRequest, readReproduceRequest } from "../reproduce/reproduce-request";
import { verdictReport } from "../reproduce/verdict-report";
import { withFileErrors } from "../run/file-error";
import { type Interrupt, listenForInterrupt } from "../run/interrupt";
import { type Status, status } from "../status";
import { chooseSweepDisplay } from "../sweep/sweep-display";
import { SweepStatus } from "../sweep/sweep-status";
import { pageOf } from "../terminal/page";
import { styleFor } from "../terminal/style";

/**
 * Lists the published figures, or runs what is missing of some, draws and judges them. A figure that
 * is not reproduced is a result, and no failure.
 *
 * @param registry the figures there are; tests pass their own
 * @throws UsageError or SweepError before anything is run, RunError if another process is at it
 */
export async function reproduce(
  ids: readonly string[],
  given: GivenFlags,
  processEnv: ProcessEnv,
  registry: readonly Figure[] = figures,
): Promise<Status> {
  const request = await readReproduceRequest(ids, given, registry);
  if (request.figures.length === 0) return list(request, registry, processEnv);
  const known = await findRuns(request.reuse);
  const interrupt = listenForInterrupt(processEnv);
  const output = request.json ? processEnv.stderr : processEnv.stdout;
  const results: Reproduced["result"][] = [];
  let hasFailed = false;
  try {
    for (const figure of request.figures) {
      const folder = join(request.folder, figure.id);
      const reproduced = await withFileErrors(`The figure cannot be written to ${folder}`, () =>
        runFigure(figure, folder, { request, known, interrupt, ids }, processEnv),
      );
      hasFailed ||= reproduced.state?.runs.some(({ state }) => state === "failed") === true;
      results.push(reproduced.result);
      output.write(verdictReport(figure, reproduced, folder, styleFor(output, processEnv.env)));
      if (request.record !== null) {
        const { record } = request;
        await withFileErrors(`The result cannot be kept in ${record}`, () =>
          recordResult(record, figure, reproduced),
        );
      }
      if (interrupt.signal.aborted) break;
    }
    if (request.record !== null) {
      const { record } = request;
      const file = await withFileErrors(`The document cannot be written in ${record}`, () =>
        writeDocument(record, registry),
      );
      output.write(`\n${file}\n`);
    }
  } finally {
    interrupt.release();
  }
  if (request.json) processEnv.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  if (interrupt.signal.aborted) return status.interrupted;
  return hasFailed ? status.failed : status.done;
}

async function list(
  { folder, json }: ReproduceRequest,
  registry: readonly Figure[],
  { stdout, env }: ProcessEnv,
): Promise<Status> {
  const listed = await listFigures(registry, folder);
  if (json) {
    stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    return status.done;
  }
  const { style, columns } = pageOf(stdout, env);
  stdout.write(figureTable(listed, style, columns));
  stdout.write(
    "\nTimes are of one thread. grok reproduce ID runs what is missing of a\nfigure and judges it; --quick runs less of it.\n",
  );
  return status.done;
}

/** Runs what is missing of a figure, shows how it stands, and judges it. */
async function runFigure(
  figure: Figure,
  folder: string,
  {
    request,
    known,
    interrupt,
    ids,
  }: {
    request: ReproduceRequest;
    known: ReadonlyMap<string, string>;
    interrupt: Interrupt;
    ids: readonly string[];
  },
  processEnv: ProcessEnv,
): Promise<Reproduced> {
  const { quick, noRun, jobs, threads, takeOver, allowChanges, json, record } = request;
  const seeds = request.seeds ?? undefined;
  const recorded = record === null ? [] : await readRecorded(record, figure);
  const plan = planFor(figure, { quick, seeds, recorded });
  const first = plan.next([]);
  const sweepStatus = new SweepStatus({
    axes: plan.axes,
    maxRuns: plan.maxRuns,
    stopsOnGrok: first.some(({ experiment }) => experiment.training.stopOnGrok),
    stepsPerRun: Math.max(0, ...first.map(({ experiment }) => experiment.training.steps)),
  });
  const output = json ? processEnv.stderr : processEnv.stdout;
  // Runs are no records here: the verdicts are.
  const shownOn: ProcessEnv = Object.create(processEnv, { stdout: { value: output } });
  const isIdle = noRun || plan.maxRuns === 0;
  const display = isIdle ? null : chooseSweepDisplay(sweepStatus, shownOn, { json: false });
  interrupt.onFirst = () => {
    sweepStatus.note = "stopping; Ctrl-C again leaves at once";
  };
  interrupt.onSecond = () => display?.close();
  try {
    return await reproduceFigure(figure, {
      folder,
      quick,
      noRun,
      seeds,
      recorded,
      jobs,
      threads,
      takeOver,
      allowChanges,
      onWait: (sentence) => void processEnv.stderr.write(`${sentence}\n`),
      known,
      command: [
        "grok reproduce",
        ids.length === 0 ? "--all" : figure.id,
        ...(quick ? ["--quick"] : []),
      ].join(" "),
      signal: interrupt.signal,
      analyse: (run, experiment, measures) =>
        analyseEnd(run, experiment, measures, { threads, signal: interrupt.signal }),
      onChange(run, event) {
        sweepStatus.onEvent(run, performance.now() / 1000);
        if (event === null && run.state !== "running") display?.ended(run);
      },
    });
  } finally {
    display?.close();
  }
}
