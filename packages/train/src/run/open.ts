import { assemble } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import { measuresFor } from "../experiment/metrics";
import { type Collection, collect } from "../kind/collection";
import type { ExtensionReference, Extensions } from "../kind/extension";
import { missingExtensions } from "../kind/references";
import { type Checkpoint, checkCheckpoint } from "./checkpoint";
import { experimentOf, type RunConfig } from "./config";
import { configText } from "./config-text";
import { differencesOf, type Environment, environmentOf } from "./environment";
import { EnvironmentError, RunError } from "./error";
import { FileStore } from "./file-store";
import type { RunFiles } from "./files";
import { fingerprint } from "./fingerprint";
import { environmentIn, handedOver } from "./history";
import type { Metrics } from "./metrics";
import { configName, metricsName, summaryName } from "./names";
import { endOfColumns, ownColumns } from "./own-columns";
import {
  listCheckpoints,
  readCheckpointFile,
  readConfig,
  readMetricsFile,
  tornNotice,
} from "./read";
import { recordsUntil } from "./records-until";
import { loadDataFiles, writeDataFiles } from "./stored-data";
import { readExtension, writeExtensions } from "./stored-extension";

/** A run that can continue. */
export interface OpenRun {
  config: RunConfig;
  store: FileStore;
  /** Where to continue from; null for the very beginning. */
  checkpoint: Checkpoint | null;
  /** What was found damaged, and what was done about it. */
  notices: string[];
}

/** How a run continues. */
export interface OpenOptions {
  /** Whose kinds the run is made of besides those that are built in; default none. */
  extensions?: Extensions;
  /** The experiment as it continues, where how long it lasts or what is kept of it has changed. */
  experiment?: Experiment;
  /** What computes from here on; by default what this package knows of that. */
  environment?: Partial<Environment>;
  /** Whether to continue where another environment may give other numbers; config.json says so then. */
  allowChanges?: boolean;
}

/**
 * Opens a run to continue it: finds its last whole checkpoint and takes the metrics back to it. The
 * caller has seen to it that nobody else writes the files.
 *
 * A checkpoint that is damaged is set aside as `….damaged`, and the one before it is used. Metrics
 * of later steps are dropped, as they will be computed again, the same; a torn last line too. A run
 * that has no checkpoint yet begins again. Nothing is changed before all this is known to work.
 *
 * A checkpoint is bound to its experiment and to what computed it: see `Environment`.
 *
 * @throws RunError if the files are no run's, no checkpoint among those that there are is whole,
 * or metrics from before the checkpoint are missing; EnvironmentError if the backend or a
 * version has changed and that is not allowed
 */
export async function openRunFiles(files: RunFiles, options: OpenOptions = {}): Promise<OpenRun> {
  const { experiment, extensions } = options;
  const kinds = collect(extensions);
  const before = await readConfig(files, { extensions });
  checkExtensionsOf(files.folder, before, kinds);
  await loadDataFiles(files, before);
  const unkept: ExtensionReference[] = [];
  for (const reference of before.extensions ?? []) {
    if ((await readExtension(files, reference)) === null) unkept.push(reference);
  }
  const identity = await fingerprint(experimentOf(before));
  if (experiment && (await fingerprint(experiment)) !== identity) {
    throw new RangeError(`${files.folder} holds another experiment than it is to continue with.`);
  }
  const { checkpoint, damaged, notices } = await lastWhole(files, before, kinds);
  const environment = await environmentOf(options.environment);
  const changes = changesSince(files, before, checkpoint, environment, options);
  const metrics = await readMetricsFile(files);
  const { measures = null } = measuresFor(assemble(experimentOf(before), kinds)) ?? {};
  const records = metrics.lines.map(({ record }) => record);
  const columns = endOfColumns(ownColumns(records, measures));
  notices.push(...changes, ...(columns === null ? [] : [columns]));
  const kept = linesUntil(files, metrics, checkpoint, notices);
  const step = checkpoint?.progress.step ?? 0;
  const handed = handedOver(before, environment, step);
  const config = { ...handed, ...experiment, backend: handed.backend };

  await files.removeUnfinished();
  await writeIfChanged(files, configName, before, config);
  // Of a run that was killed before it had written them.
  await writeExtensions(files, unkept, kinds.extensions);
  await writeDataFiles(files, before);
  for (const name of damaged) await files.rename(name, `${name}.damaged`);
  const lines = new TextEncoder().encode(kept.map((line) => `${line}\n`).join(""));
  await files.write(metricsName, lines);
  await files.remove(summaryName);
  const store = new FileStore(files, config, lines.length);
  // A run that was killed before it could do so.
  await store.dropOld();
  return { config, store, checkpoint, notices };
}

/**
 * Checks that the extensions that a run was made with are at hand.
 *
 * @throws RunError that names those that are not
 */
export function checkExtensionsOf(folder: string, config: RunConfig, kinds: Collection): void {
  const missing = missingExtensions(config, kinds);
  if (missing.length === 0) return;
  throw new RunError(
    `${folder} was made with the extension ${missing.join(", ")}, without which it can be read but not run; give it with --use.`,
  );
}

/** What to say of another environment than the one that computed a checkpoint. */
function changesSince(
  files: RunFiles,
  config: RunConfig,
  checkpoint: Checkpoint | null,
  now: Environment,
  { allowChanges = false }: OpenOptions,
): string[] {
  if (checkpoint === null) return [];
  const differences = differencesOf(checkpoint.environment ?? environmentIn(config), now);
  if (differences.length === 0) return [];
  const what = differences.join(", ");
  if (!allowChanges) {
    throw new EnvironmentError(
      `${files.folder} would continue with ${what}, which may give other numbers than the run would have had`,
      `--allow-changes continues all the same, and its ${configName} will say so`,
    );
  }
  return [`The run continues with ${what} from step ${checkpoint.progress.step}.`];
}

async function writeIfChanged(
  files: RunFiles,
  name: string,
  before: RunConfig,
  config: RunConfig,
): Promise<void> {
  if (JSON.stringify(before) === JSON.stringify(config)) return;
  await files.write(name, configText(config));
}

/** The newest checkpoint that is whole and belongs to the run, and the damaged ones after it. */
async function lastWhole(
  files: RunFiles,
  config: RunConfig,
  kinds: Collection,
): Promise<{ checkpoint: Checkpoint | null; damaged: string[]; notices: string[] }> {
  const found = (await listCheckpoints(files)).reverse();
  const faults: string[] = [];
  const damaged: string[] = [];
  for (const { name, step } of found) {
    try {
      const checkpoint = await readCheckpointFile(files, name);
      await checkCheckpoint(experimentOf(config), checkpoint, step, kinds);
      const notices = faults.map((fault) => `${fault} Continuing from step ${step} instead.`);
      return { checkpoint, damaged, notices };
    } catch (error) {
      faults.push((error as Error).message);
      damaged.push(name);
    }
  }
  if (found.length === 0) {
    const notice = "The run has no checkpoint yet and begins again at step 0.";
    return { checkpoint: null, damaged, notices: [notice] };
  }
  throw new RunError(`No checkpoint of ${files.folder} can be used. ${faults[0]}`);
}

/** The lines of the metrics up to a checkpoint. */
function linesUntil(
  files: RunFiles,
  metrics: Metrics,
  checkpoint: Checkpoint | null,
  notices: string[],
): string[] {
  if (metrics.torn !== "") notices.push(tornNotice(files));
  if (checkpoint === null) return [];
  const steps = metrics.lines.map(({ record }) => record.step);
  const { count, lacking } = recordsUntil(steps, checkpoint.progress, files.path(metricsName));
  const kept = metrics.lines.slice(0, count).map(({ text }) => text);
  return lacking === null ? kept : [...kept, lacking];
}
