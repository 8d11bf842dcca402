import { parameterCount } from "@grok/models";
import { accuracyFigure, lossFigure, type StepScale } from "@grok/plot";
import {
  collect,
  type EvaluationRecord,
  type Experiment,
  experimentOf,
  modelOf,
  optimizerText,
  type RunConfig,
  taskOf,
  taskText,
} from "@grok/train";
import { count } from "../quantity";
import { writePicture, writePlots } from "./picture";

/** A run as its figures show it. */
export interface FigureSource {
  config: RunConfig;
  parameters: number;
  /** At least one. */
  records: readonly EvaluationRecord[];
}

/** How many numbers a run's network learns. */
export function parametersOf(experiment: Experiment): number {
  return parameterCount(modelOf(experiment));
}

/** The accuracy of guessing, if the task is one that this command knows. */
function chanceOf(experiment: Experiment): { chance?: number } {
  const isKnown = collect().tasks.has(experiment.task.kind);
  return isKnown && collect().models.has(experiment.model.architecture)
    ? { chance: taskOf(experiment).chance ?? undefined }
    : {};
}

/** Both figures of a run as SVG, by name. */
export function drawFigures(
  { config, parameters, records }: FigureSource,
  scale: StepScale,
): Record<"accuracy" | "loss", string> {
  const experiment = experimentOf(config);
  const { training } = experiment;
  const options = {
    title: taskText(experiment),
    subtitle: runText(experiment, parameters),
    scale,
    milestones: milestonesOf(records, training.grokThreshold),
  };
  return {
    accuracy: accuracyFigure(records, {
      ...options,
      threshold: training.grokThreshold,
      ...chanceOf(experiment),
    }),
    loss: lossFigure(records, options),
  };
}

/**
 * Writes a run's figures, as SVG and PNG, to its folder `plots`.
 *
 * @param savePlot a further file for the figure of both accuracies, as its ending says
 * @param goOn is asked before each of the others; where it says no, the rest are left out
 * @returns the folder that they are in; null where only `savePlot` was asked for
 */
export async function writeFigures(
  folder: string,
  source: FigureSource,
  {
    scale = "log",
    plots = true,
    savePlot,
    goOn,
  }: {
    scale?: StepScale;
    plots?: boolean;
    savePlot?: string;
    goOn?: () => boolean;
  } = {},
): Promise<string | null> {
  const figures = drawFigures(source, scale);
  if (savePlot !== undefined) await writePicture(savePlot, figures.accuracy);
  return plots ? writePlots(folder, figures, goOn) : null;
}

/** A run in a line under a title: network, optimizer, training set and seed. */
export function runText(experiment: Experiment, parameters: number): string {
  const { task, seed, preset, model } = experiment;
  return [
    `${preset === model.architecture ? "" : `${preset}: `}${model.architecture}, ${count(parameters)} parameters`,
    optimizerText(experiment),
    ...("trainFraction" in task ? [`train fraction ${task.trainFraction}`] : []),
    `seed ${seed}`,
  ].join(" · ");
}

/** When a run memorised and grokked, as its evaluations tell it. */
export function milestonesOf(
  records: readonly EvaluationRecord[],
  grokThreshold: number,
): { t_mem: number | null; t_grok: number | null } {
  return {
    t_mem: records.find(({ train_acc }) => train_acc > 0.99)?.step ?? null,
    t_grok: records.find(({ val_acc }) => val_acc >= grokThreshold)?.step ?? null,
  };
}
