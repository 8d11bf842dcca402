/** Names inside a run folder. */
export const configName = "config.json";
export const metricsName = "metrics.jsonl";
export const summaryName = "summary.json";
export const analysisName = "analysis.jsonl";
export const checkpointsName = "checkpoints";
export const plotsName = "plots";

const checkpointPattern = /^checkpoints\/step-(\d{8,15})\.safetensors$/;

/** The file of the checkpoint after this many steps, e.g. `checkpoints/step-00001000.safetensors`. */
export function checkpointName(step: number): string {
  return `${checkpointsName}/step-${String(step).padStart(8, "0")}.safetensors`;
}

/** The step in a checkpoint file's name; null if it is no checkpoint's. */
export function checkpointStep(name: string): number | null {
  const digits = checkpointPattern.exec(name)?.[1];
  const step = Number(digits ?? Number.NaN);
  // One step has one name: no zeros beyond the eight digits.
  return checkpointName(step) === name ? step : null;
}
