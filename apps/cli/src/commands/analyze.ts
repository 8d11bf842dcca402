import { stopBackend } from "@grok/backend";
import { parameterCount } from "@grok/models";
import type { WeightMoment } from "@grok/plot";
import type { SystemFonts } from "@grok/plot/node";
import { experimentOf, type LoadedExtension } from "@grok/train";
import {
  type AnalysedRun,
  Analysis,
  analyseRun,
  type CheckpointChoice,
  checkpointViews,
} from "@grok/train/analysis";
import { DiskFiles, type RunOnDisk, readCheckpoint, readRun } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import { extensionsOfRun } from "../extension/run-extensions";
import { minForCurves } from "../figure/analysed-source";
import { drawAnalysis } from "../figure/analysis-figures";
import { checkFonts, fontNotice, fontsOf } from "../figure/fonts";
import { maxWeights } from "../figure/moment-drawings";
import { chooseMoments, type NamedViews, spreadSteps } from "../figure/moments";
import { writePlots } from "../figure/picture";
import type { ProcessEnv } from "../process-env";
import { count, countOf, duration } from "../quantity";
import { withFileErrors } from "../run/file-error";
import { listenForInterrupt } from "../run/interrupt";
import { startBackend } from "../run/start-backend";
import { threadsOf } from "../run/threads-of";
import { type Status, status } from "../status";
import { Region } from "../terminal/region";
import { UsageError } from "../usage-error";

/** Rows of the picture of all weights. */
const maxStrips = 12;

/**
 * Computes measures on a run's checkpoints, finished or not, and draws them.
 *
 * @throws RunError if the folder is no run, UsageError or ExperimentError for flags that do not fit
 */
export async function analyze(
  folder: string,
  given: GivenFlags,
  processEnv: ProcessEnv,
  used: readonly LoadedExtension[] = [],
): Promise<Status> {
  const choice = choiceOf(given.checkpoints);
  const fonts = fontsOf(given);
  await checkFonts(fonts);
  const extensions = await extensionsOfRun(folder, given, used, processEnv);
  const run = await withFileErrors(`${folder} cannot be read`, () =>
    readRun(folder, { extensions }),
  );
  const experiment = experimentOf(run.config);
  const analysis = await Analysis.of(experiment, metricsOf(given.metrics), { extensions });
  if (run.checkpoints.length === 0) {
    throw new UsageError(
      `${folder} has no checkpoint to analyze yet; ${howToKeep(run.config.training.checkpointEvery)}`,
    );
  }
  const interrupt = listenForInterrupt(processEnv);
  const began = performance.now();
  try {
    const threads = given.threads === undefined ? null : threadsOf(given.threads);
    const { notice } = await startBackend("auto", threads);
    if (notice !== undefined) processEnv.stderr.write(`${notice}\n`);
    const found = await withFileErrors(`The analysis of ${folder} cannot be written`, () =>
      follow(
        analysis,
        new DiskFiles(folder),
        { choice, isFresh: given.fresh === true },
        interrupt.signal,
        processEnv,
        given.json === true,
      ),
    );
    const { records, frequencies, checkpoints, notices } = found;
    const say = (text: string) => void processEnv.stderr.write(`${text}\n`);
    for (const notice of [...run.notices, ...notices]) say(notice);
    for (const { name, reason } of analysis.skipped) say(`There is no measure ${name}: ${reason}.`);
    if (interrupt.signal.aborted) {
      say(`Interrupted; what is in ${folder}/analysis.jsonl is not computed again.`);
      return status.interrupted;
    }
    if (records.length < minForCurves && checkpoints.length < minForCurves) {
      say(
        `${countOf(checkpoints.length, "checkpoint")} ${checkpoints.length === 1 ? "is" : "are"} too few for curves over time; ${howToKeep(run.config.training.checkpointEvery)}`,
      );
    }
    const drawn =
      given.plots === false
        ? null
        : await draw(
            folder,
            { analysis, run, found, isLinear: given["linear-x"] === true, fonts },
            say,
          );
    if (given.json === true) {
      for (const record of records) processEnv.stdout.write(`${JSON.stringify(record)}\n`);
    } else {
      const seconds = (performance.now() - began) / 1000;
      processEnv.stdout.write(
        [
          `${folder}/analysis.jsonl: ${[countOf(records.length, "checkpoint"), ...analysis.measures.map(({ name }) => name)].join(", ")}; ${duration(seconds)}`,
          ...(frequencies === null || frequencies.length > 8
            ? []
            : [`key frequencies of the end: ${frequencies.join(", ")}`]),
          ...(drawn === null ? [] : [`${drawn.plots}: ${drawn.names.join(", ")}, .png and .svg`]),
          "",
        ].join("\n"),
      );
    }
    return status.done;
  } finally {
    interrupt.release();
    await stopBackend();
  }
}

/** Draws every figure that the run can have, and says why it cannot have others. */
async function draw(
  folder: string,
  {
    analysis,
    run,
    found,
    isLinear,
    fonts,
  }: {
    analysis: Analysis;
    run: RunOnDisk;
    found: AnalysedRun;
    isLinear: boolean;
    fonts: SystemFonts;
  },
  say: (text: string) => void,
): Promise<{ plots: string; names: string[] }> {
  const { records, frequencies } = found;
  const { experiment } = analysis;
  const parameters = parameterCount(analysis.assembly.network);
  const circleFrequency = strongest(records.at(-1)?.embedding_power);
  const moments: NamedViews[] = [];
  const steps = records.map(({ step }) => step);
  for (const { label, step } of chooseMoments(steps, run.records)) {
    const path = run.checkpoints.find((each) => each.step === step)?.path;
    if (path === undefined) continue;
    const views = await checkpointViews(analysis, await readCheckpoint(path), circleFrequency);
    moments.push({ label, views });
  }
  const { figures, skipped } = drawAnalysis({
    experiment,
    extensions: analysis.assembly.kinds.extensions,
    parameters,
    evaluations: run.records,
    analysed: records,
    frequencies,
    circleFrequency,
    moments,
    weights: parameters > maxWeights ? [] : await weightsOf(run),
    scale: isLinear ? "linear" : "log",
  });
  for (const { name, reason } of skipped) say(`There is no figure ${name}: ${reason}.`);
  const plots = await withFileErrors(`The figures of ${folder} cannot be written`, () =>
    writePlots(folder, figures, { fonts }),
  );
  const notice = fontNotice(fonts);
  if (notice !== "") say(notice.trimEnd());
  return { plots, names: Object.keys(figures) };
}

/** All weights at some of a run's checkpoints. */
async function weightsOf({ checkpoints }: RunOnDisk): Promise<WeightMoment[]> {
  const steps = spreadSteps(
    checkpoints.map(({ step }) => step),
    maxStrips,
  );
  const moments: WeightMoment[] = [];
  for (const { step, path } of checkpoints.filter((each) => steps.includes(each.step))) {
    const { parameters } = await readCheckpoint(path);
    const weights = Array.from(parameters, ([name, { shape, data }]) => ({
      name,
      shape,
      values: data,
    }));
    moments.push({ step, weights });
  }
  return moments;
}

async function follow(
  analysis: Analysis,
  files: DiskFiles,
  options: { choice: CheckpointChoice; isFresh: boolean },
  signal: AbortSignal,
  { stdout, stderr }: ProcessEnv,
  isJson: boolean,
): Promise<AnalysedRun> {
  const region = stdout.isTTY === true && !isJson ? new Region(stdout) : null;
  const steps = analyseRun(files, analysis, { ...options, signal });
  let kept = 0;
  try {
    for (;;) {
      const next = await steps.next();
      if (next.done === true) {
        if (kept > 0 && region === null) {
          stderr.write(`${countOf(kept, "checkpoint")} had been analyzed before.\n`);
        }
        return next.value;
      }
      const { done, of, step, isKept } = next.value;
      if (isKept) kept++;
      region?.draw([`analyzing checkpoint ${count(done)} of ${count(of)}, step ${count(step)}`]);
    }
  } finally {
    region?.draw([]);
    region?.close();
  }
}

/** The measures that are asked for; null for the usual ones. */
function metricsOf(given: GivenFlags[string] | undefined): readonly string[] | null {
  if (typeof given !== "string") return null;
  const names = given.split(",").map((name) => name.trim());
  if (names.some((name) => name === "")) {
    throw new UsageError(`--metrics must name measures, separated by commas, not "${given}".`);
  }
  return names;
}

function choiceOf(given: GivenFlags[string] | undefined): CheckpointChoice {
  if (given === undefined || given === "all") return "all";
  if (given === "last") return "last";
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new UsageError(
    `--checkpoints must be all, last or how many of them, evenly spaced, not "${given}".`,
  );
}

/** The frequency that holds most of an embedding, the constant and the one without a sine left out. */
function strongest(power: readonly number[] | undefined): number | null {
  if (power === undefined || power.length < 3) return null;
  let best = 1;
  // The highest frequency of an even order has no sine; of an odd one it is no loss.
  for (let k = 2; k < power.length - 1; k++) {
    if ((power[k] as number) > (power[best] as number)) best = k;
  }
  return (power[best] as number) > 0 ? best : null;
}

function howToKeep(every: number): string {
  const advice = Math.max(1, Math.min(100, every === 0 ? 100 : every));
  return `a run keeps more of them with grok train … --checkpoint-every ${advice} --keep-checkpoints all.`;
}
