import { stopBackend } from "@grok/backend";
import {
  type AblationMode,
  ablate,
  ablationModes,
  componentsOf,
  patch,
  type Subject,
  scoreSubject,
  survey,
} from "@grok/inspect";
import { ablationFigure, lotteryFigure } from "@grok/plot";
import { type Checkpoint, experimentOf, type LoadedExtension } from "@grok/train";
import { Analysis } from "@grok/train/analysis";
import { taskText } from "@grok/train/front-end";
import { readCheckpoint, readRun } from "@grok/train/node";
import * as tf from "@tensorflow/tfjs-core";
import type { GivenFlags } from "../arguments/given-flags";
import { extensionsOfRun } from "../extension/run-extensions";
import { checkFonts, fontNotice, fontsOf } from "../figure/fonts";
import { writePlots } from "../figure/picture";
import { checkpointAt } from "../inspect/checkpoint";
import { type Inspection, labelOf, noteOf, textOf } from "../inspect/inspection";
import { lotteryOf } from "../inspect/lottery";
import { lotteryText } from "../inspect/lottery-text";
import { componentsNamed, frequenciesNamed, listOf, sitesNamed } from "../inspect/parts";
import { prunedRows, prunings } from "../inspect/pruning";
import type { ProcessEnv } from "../process-env";
import { count } from "../quantity";
import { withFileErrors } from "../run/file-error";
import { startBackend } from "../run/start-backend";
import { threadsOf } from "../run/threads-of";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

/**
 * Takes a checkpoint of a run apart: what each head and key frequency is needed for, or what is left
 * without some parts, or with parts of another checkpoint.
 *
 * @throws RunError if the folder is no run, UsageError or ExperimentError for what does not fit
 */
export async function inspect(
  folder: string,
  given: GivenFlags,
  processEnv: ProcessEnv,
  used: readonly LoadedExtension[] = [],
): Promise<Status> {
  const fonts = fontsOf(given);
  await checkFonts(fonts);
  const asked = askedOf(given);
  const extensions = await extensionsOfRun(folder, given, used, processEnv);
  const run = await withFileErrors(`${folder} cannot be read`, () =>
    readRun(folder, { extensions }),
  );
  const experiment = experimentOf(run.config);
  const analysis = await Analysis.of(experiment, null, { extensions });
  const checkpoint = await checkpointAt(folder, run, asked.at);
  for (const notice of run.notices) processEnv.stderr.write(`${notice}\n`);
  /** Draws the figure unless none is wanted. */
  const draw = async (name: string, figure: () => string) => {
    if (given.plots === false) return;
    const plots = await withFileErrors(`The figure of ${folder} cannot be written`, () =>
      writePlots(folder, { [name]: figure() }, { fonts }),
    );
    const out = given.json === true ? processEnv.stderr : processEnv.stdout;
    out.write(`${plots}: ${name}, .png and .svg\n`);
    processEnv.stderr.write(fontNotice(fonts));
  };
  const subtitleAt = (step: number) =>
    `step ${count(step)} · seed ${experiment.seed} · one network (N = 1)`;
  try {
    const { notice } = await startBackend("auto", asked.threads);
    if (notice !== undefined) processEnv.stderr.write(`${notice}\n`);
    if (asked.lottery) {
      const until = checkpoint.progress.step;
      // Only the figure needs the steps before.
      const earlier =
        given.plots === false ? [] : run.checkpoints.filter(({ step }) => step < until);
      const { lottery, drawn } = await lotteryOf(
        folder,
        analysis,
        upTo(
          checkpoint,
          earlier.map(({ path }) => path),
        ),
      );
      if (given.json === true) processEnv.stdout.write(`${JSON.stringify(lottery)}\n`);
      else processEnv.stdout.write(lotteryText(lottery, processEnv));
      await draw("lottery", () =>
        lotteryFigure(drawn, {
          title: taskText(experiment, { extensions }),
          subtitle: subtitleAt(lottery.step),
        }),
      );
      return status.done;
    }
    const parameters = await analysis.parameters(checkpoint);
    const subject = await analysis.subject(checkpoint, parameters);
    const keys = await analysis.keyFrequencies(checkpoint);
    const { step } = checkpoint.progress;
    const inspection: Inspection = {
      run: folder,
      step,
      ...componentsOf(subject.network),
      frequencies: keys,
      ...(await look(subject, keys, asked, { folder, analysis, extensions })),
    };
    tf.dispose(parameters);
    if (given.json === true) processEnv.stdout.write(`${JSON.stringify(inspection)}\n`);
    else processEnv.stdout.write(textOf(inspection, subject, processEnv));
    await draw("inspect", () =>
      ablationFigure(
        inspection.rows.map(({ name, score }) => ({ label: labelOf(name), ...score })),
        {
          title: taskText(experiment, { extensions }),
          subtitle: subtitleAt(step),
          chance: analysis.assembly.task.chance ?? undefined,
          note: noteOf(inspection),
        },
      ),
    );
    return status.done;
  } finally {
    await stopBackend();
  }
}

/** Earlier checkpoints, read one at a time, and then the last one. */
async function* upTo(last: Checkpoint, paths: readonly string[]): AsyncGenerator<Checkpoint> {
  for (const path of paths) {
    yield await withFileErrors(`${path} cannot be read`, () => readCheckpoint(path));
  }
  yield last;
}

/** What the command line asks for. */
interface Asked {
  at: string | undefined;
  ablate: string[] | null;
  keep: string[] | null;
  mode: AblationMode;
  patch: string[] | null;
  from: string | null;
  lottery: boolean;
  prune: boolean;
  threads: number | null;
}

function askedOf(given: GivenFlags): Asked {
  const mode = given.mode ?? "zero";
  if (!ablationModes.includes(mode as AblationMode)) {
    throw new UsageError(`--mode must be ${ablationModes.join(", ")}, not "${mode}".`);
  }
  const [patchWords, from] = [listOf("patch", given.patch), given["patch-from"]];
  if ((patchWords === null) !== (from === undefined)) {
    throw new UsageError(
      patchWords === null
        ? "--patch-from needs --patch, which says what comes from there."
        : "--patch needs --patch-from, which says where that comes from.",
    );
  }
  const asked: Asked = {
    at: given.at as string | undefined,
    ablate: listOf("ablate", given.ablate),
    keep: listOf("keep-frequencies", given["keep-frequencies"]),
    mode: mode as AblationMode,
    patch: patchWords,
    from: (from as string | undefined) ?? null,
    lottery: given["lottery"] === true,
    prune: given["prune"] !== undefined,
    threads: given.threads === undefined ? null : threadsOf(given.threads),
  };
  if (asked.patch !== null && (asked.ablate !== null || asked.keep !== null)) {
    throw new UsageError("--patch and --ablate are two experiments: give one of them at a time.");
  }
  if (asked.prune && !prunings.includes(given["prune"] as (typeof prunings)[number])) {
    throw new UsageError(`--prune must be ${prunings.join(", ")}, not "${given["prune"]}".`);
  }
  if (asked.prune && (asked.lottery || (asked.patch ?? asked.ablate ?? asked.keep) !== null)) {
    throw new UsageError(
      "--prune takes neurons out by itself: give it without --ablate, --patch and --lottery.",
    );
  }
  if (asked.lottery && (asked.patch ?? asked.ablate ?? asked.keep) !== null) {
    throw new UsageError("--lottery takes nothing out: give it without --ablate and --patch.");
  }
  if (given.mode !== undefined && asked.ablate === null) {
    throw new UsageError(
      "--mode says what takes the place of what --ablate names, so it needs that.",
    );
  }
  return asked;
}

async function look(
  subject: Subject,
  keys: readonly number[] | null,
  asked: Asked,
  run: Parameters<typeof patchParameters>[1],
): Promise<Pick<Inspection, "rows"> & Partial<Inspection>> {
  const whole = async () => ({ name: "whole", score: await scoreSubject(subject) });
  if (asked.patch !== null) {
    const sites = sitesNamed(asked.patch, subject.network);
    const parameters = await patchParameters(asked.from as string, run);
    const score = await patch(subject, sites, { parameters });
    tf.dispose(parameters);
    return {
      patched: asked.patch,
      patched_from: asked.from as string,
      rows: [await whole(), { name: "patched", score }],
    };
  }
  if (asked.prune) {
    return {
      pruned_by: "ipr",
      rows: [await whole(), ...(await prunedRows(subject, run.analysis))],
    };
  }
  if (asked.ablate === null && asked.keep === null) {
    return { rows: await survey(subject, { frequencies: keys ?? [] }) };
  }
  const components = componentsNamed(asked.ablate ?? [], subject.network, keys);
  const keepFrequencies = asked.keep === null ? undefined : frequenciesNamed(asked.keep, keys);
  const score = await withWrongUse(() =>
    ablate(subject, components, { mode: asked.mode, keepFrequencies }),
  );
  return {
    ablated: asked.ablate ?? [],
    ...(keepFrequencies === undefined ? {} : { kept_frequencies: keepFrequencies }),
    mode: asked.mode,
    rows: [await whole(), { name: "ablated", score }],
  };
}

/** The parameters of RUN@STEP, or of @STEP of the run itself. */
async function patchParameters(
  from: string,
  {
    folder,
    analysis,
    extensions,
  }: { folder: string; analysis: Analysis; extensions: readonly LoadedExtension[] },
): Promise<Record<string, tf.Tensor>> {
  const [, named = "", at] = /^(.*?)(?:@(\w+))?$/s.exec(from) ?? [];
  const source = named === "" ? folder : named;
  const run = await withFileErrors(`${source} cannot be read`, () =>
    readRun(source, { extensions }),
  );
  const { parameters } = await checkpointAt(source, run, at);
  const own = new Map(
    analysis.assembly.network.parameters.map(({ name, shape }) => [name, shape.join()]),
  );
  const isAlike =
    parameters.size === own.size &&
    [...parameters].every(([name, { shape }]) => own.get(name) === shape.join());
  if (!isAlike) {
    throw new UsageError(
      `--patch-from ${from}: its network has other parameters than that of ${folder}; they must be alike.`,
    );
  }
  return Object.fromEntries(
    Array.from(parameters, ([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
  );
}

/** Tells what does not fit together in what was asked for as wrong use. */
async function withWrongUse<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--ablate: ${error.message}.`, { cause: error });
  }
}
