import { detectGrok } from "@grok/metrics";
import { kebab } from "../flag/kebab";
import { collect } from "../kind/collection";
import { experimentOf, parseConfig, type RunConfig } from "../run/config";
import { configText } from "../run/config-text";
import { RunError } from "../run/error";
import type { RunFiles } from "../run/files";
import { fingerprint } from "../run/fingerprint";
import { environmentIn } from "../run/history";
import { configName, metricsName } from "../run/names";
import { checkExtensionsOf } from "../run/open";
import { listCheckpoints, type ReadableFiles, readConfig, readMetricsFile } from "../run/read";
import { loadDataFiles, writeDataFiles } from "../run/stored-data";
import { writeExtensions } from "../run/stored-extension";
import { type ForkOptions, forkExperiment } from "./fork-experiment";
import { linesSeen } from "./lines-seen";
import { newestCheckpoint } from "./newest-checkpoint";

/** Where a run is forked: at a step, or at the evaluation at which it memorised or grokked. */
export type ForkPlace = number | "t_mem" | "t_grok";

/** What {@link planFork} takes. */
export interface ForkRunOptions extends Omit<ForkOptions, "at"> {
  at: ForkPlace;
}

/** A fork that is ready to be written. */
export interface ForkPlan {
  config: RunConfig;
  /** The step from whose next update on it may be another run. */
  at: number;
  /** The step that it is trained from. */
  from: number;
  /** Lines of its metrics so far. */
  lines: readonly string[];
  /** The parent's checkpoint that it begins with; null if it begins at step 0. */
  checkpoint: { name: string; bytes: Uint8Array<ArrayBuffer> } | null;
  /** What is worth telling. */
  notices: string[];
}

/**
 * Prepares a fork of a run, and changes nothing: its experiment, and what of the parent it begins
 * with. If the parent has no checkpoint of the step, the fork begins with the nearest one before it
 * and trains the parent's steps up to there again, to the same bytes.
 *
 * @param parent the files of the run, which may be in progress
 * @throws RunError if the run has not come to that step, or no checkpoint of it can be used
 * @throws ExperimentError as {@link forkExperiment}
 */
export async function planFork(
  parent: ReadableFiles,
  { at: place, flags = {}, extensions }: ForkRunOptions,
): Promise<ForkPlan> {
  const kinds = collect(extensions);
  const config = await readConfig(parent, { extensions });
  checkExtensionsOf(parent.folder, config, kinds);
  await loadDataFiles(parent, config);
  const before = experimentOf(config);
  const metrics = await readMetricsFile(parent);
  const records = metrics.lines.map(({ record }) => record);
  const { grokThreshold, grokLoss, memLoss } = before.training;
  const { tMem, tGrok } = detectGrok(records, { grokThreshold, grokLoss, memLoss });
  const checkpoints = await listCheckpoints(parent);
  const reached = Math.max(records.at(-1)?.step ?? 0, checkpoints.at(-1)?.step ?? 0);
  const at = stepOf(parent.folder, place, { tMem, tGrok, reached });

  const notices: string[] = [];
  const isGrokked = tGrok !== null && tGrok <= at;
  const says = (path: string) =>
    Object.keys(flags).some((name) => kinds.findFlag(kebab(name))?.path === path);
  const stops = before.training.stopOnGrok && isGrokked && !says("training.stopOnGrok");
  if (stops) notices.push(`It has grokked at step ${tGrok}, and continues past that.`);
  const experiment = forkExperiment(
    stops ? { ...before, training: { ...before.training, stopOnGrok: false } } : before,
    { at, flags, extensions },
  );
  if (at >= experiment.training.steps) {
    throw new RunError(
      `A fork at step ${at} has nothing to train, as the run is to end at step ${experiment.training.steps}; give more --steps.`,
    );
  }

  const newest = await newestCheckpoint(parent, before, kinds, at);
  const from = newest?.content.progress.step ?? 0;
  if (from < at) {
    const why = from === 0 ? "There is no checkpoint" : `The nearest checkpoint is of step ${from}`;
    notices.push(`${why}: the run is trained again up to step ${at}, to the same bytes.`);
  }
  const { environment = environmentIn(config) } = newest?.content ?? {};
  const { history = [], ...rest } = config;
  const past = history.filter(({ until }) => until < from);
  const fork = parseConfig(
    {
      ...rest,
      ...environment,
      ...experiment,
      backend: environment.backend as RunConfig["backend"],
      ...(past.length === 0 ? {} : { history: past }),
      forkedFrom: {
        run: parent.folder.split(/[\\/]/).findLast((part) => part !== "") ?? "run",
        step: at,
        experiment: await fingerprint(before),
      },
    },
    kinds,
  );
  return {
    config: fork,
    at,
    from,
    lines: newest === null ? [] : linesSeen(parent, metrics.lines, newest.content),
    checkpoint: newest && { name: newest.name, bytes: newest.bytes },
    notices,
  };
}

/**
 * Writes a fork into files that are empty and nobody else's. One that is left in the middle of it is a
 * run that begins at step 0, and comes to the same.
 */
export async function writeFork(
  files: RunFiles,
  { config, checkpoint, lines }: Pick<ForkPlan, "config" | "checkpoint" | "lines">,
  { extensions }: { extensions?: ForkOptions["extensions"] } = {},
): Promise<void> {
  // First, so that the folder is a run whatever comes; the records before the checkpoint that has
  // seen them, without which it could not be used.
  await files.write(configName, configText(config));
  await writeExtensions(files, config.extensions ?? [], collect(extensions).extensions);
  await writeDataFiles(files, config);
  if (lines.length > 0) await files.write(metricsName, lines.map((line) => `${line}\n`).join(""));
  if (checkpoint !== null) await files.write(checkpoint.name, checkpoint.bytes);
}

function stepOf(
  folder: string,
  place: ForkPlace,
  { tMem, tGrok, reached }: { tMem: number | null; tGrok: number | null; reached: number },
): number {
  if (typeof place === "string") {
    const step = place === "t_mem" ? tMem : tGrok;
    if (step !== null) return step;
    const what = place === "t_mem" ? "memorised" : "grokked";
    throw new RunError(`${folder} has not ${what}, so that it has no ${place} to be forked at.`);
  }
  if (Number.isSafeInteger(place) && place >= 1 && place <= reached) return place;
  throw new RunError(
    reached === 0
      ? `${folder} has not been trained yet, so that there is nothing to fork.`
      : `${folder} has come to step ${reached}; it can be forked at a step from 1 to that, not at ${String(place)}.`,
  );
}
