import { dataAt, dataName } from "../data-file/reference";
import { extensionAt, extensionsName } from "../extension/name";
import { analysisName, checkpointStep, configName, metricsName, summaryName } from "../run/names";
import { isDeviceName } from "./device-name";

const top: readonly string[] = [configName, metricsName, summaryName, analysisName];
const plot = /^plots\/[a-z0-9][a-z0-9_-]{0,99}\.(png|svg)$/;

/** Whether a run folder has files of this name: the fixed ones, checkpoints, plots, extensions and data files. */
export function isRunFile(name: string): boolean {
  return (
    top.includes(name) ||
    checkpointStep(name) !== null ||
    isPlot(name) ||
    extensionAt(name) !== null ||
    dataAt(name) !== null
  );
}

/** A plot's name is one on every system. */
function isPlot(name: string): boolean {
  return plot.test(name) && !isDeviceName(name.slice("plots/".length));
}

/** Whether a run folder has a folder of this name, which ends in a slash. */
export function isRunFolder(name: string): boolean {
  return ["checkpoints", "plots", extensionsName, dataName].some((folder) => name === `${folder}/`);
}
