import { printable } from "../experiment/printable";
import { decodeAnalysis } from "../run/analysis";
import { checkCheckpoint, decodeCheckpoint } from "../run/checkpoint";
import { decodeConfig, experimentOf, type RunConfig } from "../run/config";
import { RunError } from "../run/error";
import { decodeMetrics } from "../run/metrics";
import { analysisName, checkpointStep, configName, metricsName, summaryName } from "../run/names";
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
 * this experiment and the shapes of its network; plots as far as `checkPlot` goes.
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
  const notices: string[] = [];
  for (const [name, bytes] of files) notices.push(...(await inspectFile(name, bytes, config)));
  return { config, notices };
}

/**
 * Reads one file of a run as {@link inspectRun} does.
 *
 * @param config the run's
 * @returns what a reader should be told
 * @throws RunError in a sentence with the file's name, if it is not as it should be
 */
export async function inspectFile(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  config: RunConfig,
): Promise<string[]> {
  const text = () => new TextDecoder().decode(bytes);
  const step = checkpointStep(name);
  if (step !== null) return inspectCheckpoint(name, bytes, step, config);
  if (name === metricsName) {
    return decodeMetrics(text()).torn === "" ? [] : [`The last line of ${metricsName} is torn.`];
  }
  if (name === summaryName) decodeSummary(text());
  else if (name === analysisName) decodeAnalysis(text());
  else if (name.startsWith("plots/")) checkPlot(name, bytes);
  return [];
}

async function inspectCheckpoint(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  step: number,
  config: RunConfig,
): Promise<string[]> {
  try {
    const checkpoint = await decodeCheckpoint(bytes);
    await checkCheckpoint(experimentOf(config), checkpoint, step);
    return [checkpoint.parameters, checkpoint.optimizer].flatMap((tensors) =>
      findNonFinite(tensors).map(
        ({ name: tensor, nan, infinite, first }) =>
          `${name}: ${printable(tensor)} has ${nan} values that are no number and ${infinite} that are infinite, the first at ${first}.`,
      ),
    );
  } catch (error) {
    throw new RunError(`${name} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}
