import type { Extensions, Summary, TrainEvent } from "@grok/train";
import { optimizerText, taskText } from "@grok/train/front-end";
import { commandName } from "../command-name";
import { placeOf } from "../display/run-status";
import type { ProcessEnv } from "../process-env";
import { count, countOf, duration, epochs, loss, percent, rate } from "../quantity";
import { keyValueTable } from "../terminal/key-value-table";
import type { Page } from "../terminal/page";

/** How a backend that was chosen is told of: `wasm, 2 threads, relaxed SIMD`. */
export interface BackendFacts {
  name: string;
  threads: number;
  simd: "wide" | "relaxed" | "plain" | undefined;
  /** The graphics adapter, of backend `webgpu`. */
  adapter?: string;
}

/** See {@link BackendFacts}. */
export function backendText({ name, threads, simd, adapter }: BackendFacts): string {
  if (adapter !== undefined) return `${name}, ${adapter}`;
  const parts = [name, countOf(threads, "thread")];
  if (simd !== undefined) parts.push(simd === "plain" ? "SIMD" : `${simd} SIMD`);
  return parts.join(", ");
}

/** What is said when a run begins or continues. */
export function greeting(
  {
    experiment,
    parameters,
    trainSize,
    validationSize,
    step,
    stepsPerEpoch,
  }: Extract<TrainEvent, { type: "start" }>,
  backend: BackendFacts,
  { folder, extensions }: { folder: string; extensions?: Extensions },
  page: Page,
): string {
  const { preset, model, seed } = experiment;
  const examples =
    trainSize === null ? "new examples at each step" : `${count(trainSize)} examples`;
  const rows: [string, string][] = [
    ["task", taskText(experiment, { extensions })],
    ["data", `${examples} to train on, ${count(validationSize)} to validate`],
    ["network", `${model.architecture}, ${count(parameters)} parameters`],
    ["optimizer", optimizerText(experiment, { extensions })],
    ["preset", `${preset}, seed ${seed}`],
    ...(experiment.extensions ?? []).map(({ name, file, sha256 }): [string, string] => [
      "extension",
      `${name} of ${file}${sha256 === null ? "" : `, sha256 ${sha256.slice(0, 16)}…`}`,
    ]),
    ["backend", backendText(backend)],
    ["run", folder],
  ];
  if (step > 0) rows.push(["continues", `from ${placeOf(step, stepsPerEpoch)}`]);
  return `${keyValueTable(rows, page)}\n`;
}

/** What is said when a run has ended, except a failure's cause. */
export function report(
  {
    summary,
    stepsPerEpoch,
    threads,
    folder,
    plots,
    env,
  }: {
    summary: Summary;
    stepsPerEpoch: number | null;
    threads: number;
    folder: string;
    /** The folder of its figures, if they were drawn. */
    plots: string | null;
    env: ProcessEnv["env"];
  },
  page: Page,
): string {
  const {
    status,
    t_mem,
    t_grok,
    t_ungrok,
    best_val_acc,
    best_val_loss,
    elapsed_sec,
    steps_per_sec,
  } = summary;
  const when = (step: number | null) =>
    step === null ? "not reached" : placeOf(step, stepsPerEpoch);
  const rows: [string, string][] = [
    ["t_mem", when(t_mem)],
    ["t_grok", when(t_grok)],
    ...(t_ungrok === undefined ? [] : [["t_ungrok", when(t_ungrok)] as [string, string]]),
    best_val_loss === undefined
      ? ["best val acc", percent(best_val_acc)]
      : ["best val loss", loss(best_val_loss)],
    ["time", timeText(elapsed_sec, steps_per_sec, summary.backend, threads)],
    ["run", folder],
  ];
  const { metrics_sec } = summary;
  if (metrics_sec !== undefined)
    rows.splice(-1, 0, ["metrics", shareText(metrics_sec, elapsed_sec)]);
  if (plots !== null)
    rows.push([
      "plots",
      `${plots}: ${best_val_loss === undefined ? "accuracy" : "explained"} and loss, .png and .svg`,
    ]);
  if (status === "interrupted") rows.push(["resume", resumeCommand(folder, env)]);
  return `\n${page.style("bold", headline(summary, stepsPerEpoch))}\n${keyValueTable(rows, page)}`;
}

/** What measures took of a run's time: `3 s, 4 % of the time`. */
function shareText(seconds: number, of: number): string {
  return of > 0 ? `${duration(seconds)}, ${percent(seconds / of)} of the time` : duration(seconds);
}

function headline(
  { status, steps, epochs: passes, t_grok, t_ungrok }: Summary,
  perEpoch: number | null,
) {
  const made =
    passes === null
      ? countOf(steps, "step")
      : `${countOf(steps, "step")}, ${epochs(passes)} epochs`;
  switch (status) {
    case "interrupted":
      return `Interrupted after ${made}.`;
    case "failed":
      return `Failed after ${made}.`;
    case "ungrokked":
      return `Finished ${made}; grokked at ${placeOf(t_grok ?? 0, perEpoch)}, and forgot at ${placeOf(t_ungrok ?? 0, perEpoch)}.`;
    default:
      if (t_grok === null) return `Finished ${made} without grokking.`;
      if (t_grok === steps) return `Grokked at ${placeOf(steps, perEpoch)}.`;
      return `Finished ${made}; grokked at ${placeOf(t_grok, perEpoch)}.`;
  }
}

function timeText(seconds: number, stepsPerSec: number | null, backend: string, threads: number) {
  const speed = stepsPerSec === null ? "" : `, ${rate(stepsPerSec)} steps/s`;
  return `${duration(seconds)}${speed} on ${backend} with ${countOf(threads, "thread")}`;
}

/** The command that continues a run, as it was called. */
export function resumeCommand(folder: string, env: ProcessEnv["env"]): string {
  const isPlain = /^[\w./+@:-]+$/.test(folder);
  return `${commandName(env)} resume ${isPlain ? folder : `'${folder.replaceAll("'", "'\\''")}'`}`;
}
