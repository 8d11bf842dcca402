import type { EvaluationRecord, LoadedExtension, Summary, TrainEvent } from "@grok/train";
import { errorSentence, systemRefusal } from "@grok/train/front-end";
import { FolderLostError, readRun } from "@grok/train/node";
import { chooseDisplay } from "../display/choose";
import { fontNotice } from "../figure/fonts";
import { writeFigures } from "../figure/run-figures";
import type { ProcessEnv } from "../process-env";
import { countOf } from "../quantity";
import { type Status, status } from "../status";
import { pageOf } from "../terminal/page";
import { RunFailure } from "./failure";
import { follow } from "./follow";
import type { Interrupt } from "./interrupt";
import type { OutputFlags } from "./output-flags";
import { type BackendFacts, greeting, report, resumeCommand } from "./report";

/** A run that is ready to continue. */
export interface ReadyRun {
  folder: string;
  backend: BackendFacts;
  events: AsyncIterable<TrainEvent>;
  /** Evaluations and milestones from before, of a run that is resumed. */
  before?: { records: readonly EvaluationRecord[]; tMem: number | null; tGrok: number | null };
  /** Whose kinds the run is made of. */
  extensions?: readonly LoadedExtension[];
  /** What to say first, a sentence each. */
  notices?: readonly string[];
}

/** Shows a run to its end, draws its figures, and says the outcome. */
export async function runToEnd(
  { folder, backend, events, before, notices = [], extensions = [] }: ReadyRun,
  output: OutputFlags,
  interrupt: Interrupt,
  processEnv: ProcessEnv,
): Promise<Status> {
  const { records = [], tMem = null, tGrok = null } = before ?? {};
  const main = output.json ? processEnv.stderr : processEnv.stdout;
  const page = pageOf(main, processEnv.env);
  const display = await chooseDisplay(processEnv, { json: output.json, records });
  try {
    for (const notice of notices) display.message(`${notice}\n`);
    const paced = inStep(events, () => processEnv.taken(interrupt.signal));
    const { summary, stepsPerEpoch, cause } = await follow(paced, display, interrupt, {
      last: records.at(-1),
      tMem,
      tGrok,
      extensions,
      greet: (start) => greeting(start, backend, { folder, extensions }, page),
    });
    display.close();
    // The folder is another process's: nothing is drawn into it.
    if (cause instanceof FolderLostError) throw cause;
    const figures = await figuresOf(
      { folder, parameters: summary.parameters, extensions },
      output,
      interrupt,
      processEnv,
    );
    const { env } = processEnv;
    const { threads } = backend;
    main.write(
      report({ summary, stepsPerEpoch, threads, folder, env, plots: figures.folder }, page),
    );
    if (summary.status === "failed") throw failure(summary, cause, folder, env);
    if (summary.status === "interrupted" || figures.isCutOff) return status.interrupted;
    return figures.failed ? status.failed : status.done;
  } finally {
    display.close();
    interrupt.release();
  }
}

/** Numbers that leave the finite ones are the experiment's doing; anything else is thrown as it is. */
function failure(
  { error, steps }: Summary,
  cause: unknown,
  folder: string,
  env: ProcessEnv["env"],
): unknown {
  const reason = systemRefusal(cause)?.reason;
  if (reason !== undefined) {
    return new RunFailure(
      `The run stopped after ${countOf(steps, "step")}: ${reason}. Once that is mended, ${resumeCommand(folder, env)} continues from its last checkpoint.`,
      { cause },
    );
  }
  const isDivergence = cause instanceof Error && cause.name === "DivergenceError";
  return isDivergence || cause === undefined ? new RunFailure(error, { cause }) : cause;
}

/** Events that come no faster than what they lead to is taken. */
async function* inStep<T>(events: AsyncIterable<T>, taken: () => Promise<void>): AsyncGenerator<T> {
  for await (const event of events) {
    yield event;
    await taken();
  }
}

async function figuresOf(
  {
    folder,
    parameters,
    extensions,
  }: { folder: string; parameters: number; extensions: readonly LoadedExtension[] },
  { plots, savePlot, fonts }: OutputFlags,
  interrupt: Interrupt,
  { stderr, env }: ProcessEnv,
): Promise<{ folder: string | null; failed?: boolean; isCutOff?: boolean }> {
  if (!plots && savePlot === undefined) return { folder: null };
  try {
    const { config, records } = await readRun(folder, { extensions });
    if (records.length === 0) return { folder: null };
    const source = { config, parameters, records, extensions };
    let isCutOff = false;
    const goOn = () => {
      isCutOff ||= interrupt.isPressing;
      return !isCutOff;
    };
    const drawn = await writeFigures(folder, source, { plots, savePlot, fonts, goOn });
    stderr.write(fontNotice(fonts));
    if (!isCutOff) return { folder: drawn };
    const command = resumeCommand(folder, env).replace(" resume ", " plot ");
    stderr.write(`Not all figures were drawn; ${command} draws them.\n`);
    return { folder: null, isCutOff };
  } catch (error) {
    const reason = systemRefusal(error)?.reason ?? errorSentence(error).replace(/\.$/, "");
    stderr.write(`grok: The run is whole, but its figures could not be drawn: ${reason}.\n`);
    return { folder: null, failed: true };
  }
}
