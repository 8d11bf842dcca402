import { hasDataFile } from "../data-file/known";
import { dataAt, dataReferences } from "../data-file/reference";
import { printable } from "../experiment/printable";
import { extensionAt } from "../extension/name";
import { collect } from "../kind/collection";
import { missingExtensions } from "../kind/references";
import { decodeAnalysis } from "../run/analysis";
import { checkCheckpoint, decodeCheckpoint, type Progress } from "../run/checkpoint";
import { decodeConfig, experimentOf, type RunConfig } from "../run/config";
import { RunError } from "../run/error";
import { decodeMetrics } from "../run/metrics";
import { analysisName, checkpointStep, configName, metricsName, summaryName } from "../run/names";
import { recordsUntil } from "../run/records-until";
import { checkDataFile } from "../run/stored-data";
import { checkStoredExtension } from "../run/stored-extension";
import { decodeSummary } from "../run/summary-file";
import { findNonFinite } from "../safetensors/non-finite";
import { checkPlot } from "./plot-file";

/** What a run that came from elsewhere turned out to hold. */
export interface InspectedRun {
  config: RunConfig;
  /** What its reader should be told: a torn line, values in checkpoints that are not finite. */
  notices: string[];
}

/**
 * Reads every file of a run that came from elsewhere, so that nothing unread is kept: config,
 * metrics, summary and analysis under their schemas; checkpoints whole, of the step in their name, of
 * this experiment and the shapes of its network, with as many records as each has seen; plots as far
 * as `checkPlot` goes; extensions and data files by their digests, without running anything.
 *
 * @param files by their names in the run's folder, as `unpackRun` gives them
 * @throws RunError in a sentence with the file's name, for the first that is not as it should be
 */
export async function inspectRun(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<InspectedRun> {
  const written = files.get(configName);
  if (written === undefined) throw new RunError(`The run has no ${configName}.`);
  const config = decodeConfig(new TextDecoder().decode(written));
  const inspector = new RunInspector(config);
  const notices: string[] = [];
  for (const [name, bytes] of files) notices.push(...(await inspector.inspect(name, bytes)));
  inspector.end();
  return { config, notices };
}

/** Reads the files of a run one by one, in any order, as {@link inspectRun} does. */
export class RunInspector {
  readonly #config: RunConfig;
  /** What each checkpoint has seen. */
  readonly #seen: Progress[] = [];
  #steps: readonly number[] = [];

  /** @param config the run's */
  constructor(config: RunConfig) {
    this.#config = config;
  }

  /**
   * Reads one file.
   *
   * @returns what a reader should be told
   * @throws RunError in a sentence with the file's name, if it is not as it should be
   */
  async inspect(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
    const text = () => new TextDecoder().decode(bytes);
    const step = checkpointStep(name);
    if (step !== null) {
      const { progress, notices } = await inspectCheckpoint(name, bytes, step, this.#config);
      this.#seen.push(progress);
      return notices;
    }
    if (name === metricsName) {
      const { lines, torn } = decodeMetrics(text());
      this.#steps = lines.map(({ record }) => record.step);
      return torn === "" ? [] : [`The last line of ${metricsName} is torn.`];
    }
    if (dataAt(name) !== null) await checkDataFile(this.#config, name, bytes);
    else if (extensionAt(name) !== null) await checkStoredExtension(this.#config, name, bytes);
    else if (name === summaryName) decodeSummary(text());
    else if (name === analysisName) decodeAnalysis(text());
    else if (name.startsWith("plots/")) checkPlot(name, bytes);
    return [];
  }

  /** Throws a `RunError` if the run has fewer records than one of its checkpoints has seen. */
  end(): void {
    for (const progress of this.#seen) recordsUntil(this.#steps, progress, metricsName);
  }
}

async function inspectCheckpoint(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  step: number,
  config: RunConfig,
): Promise<{ progress: Progress; notices: string[] }> {
  try {
    const checkpoint = await decodeCheckpoint(bytes);
    // What an extension or a data file makes of it nobody can know who does not have that.
    const hasData = dataReferences(config.task).every(hasDataFile);
    if (hasData && missingExtensions(config, collect()).length === 0) {
      await checkCheckpoint(experimentOf(config), checkpoint, step);
    }
    const notices = [checkpoint.parameters, checkpoint.optimizer].flatMap((tensors) =>
      findNonFinite(tensors).map(
        ({ name: tensor, nan, infinite, first }) =>
          `${name}: ${printable(tensor)} has ${nan} values that are no number and ${infinite} that are infinite, the first at ${first}.`,
      ),
    );
    return { progress: checkpoint.progress, notices };
  } catch (error) {
    throw new RunError(`${name} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}
