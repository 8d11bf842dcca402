import { detectGrok } from "@grok/metrics";
import { accuracyFigure, type FontFallback, lossFigure, type StepScale } from "@grok/plot";
import {
  assemble,
  collect,
  dataReferences,
  type EvaluationRecord,
  type Experiment,
  type Extensions,
  experimentOf,
  hasDataFile,
  type RunConfig,
} from "@grok/train";
import { lossText, optimizerText, taskText } from "@grok/train/front-end";
import { count } from "../quantity";
import { writePicture, writePlots } from "./picture";

/** A run as its figures show it. */
export interface FigureSource {
  config: RunConfig;
  /** Whose kinds the run is made of, as far as they are here. */
  extensions?: Extensions;
  parameters: number;
  /** At least one. */
  records: readonly EvaluationRecord[];
}

/** Both figures of a run as SVG, by name: accuracy, or explained variance of values, and loss. */
export function drawFigures(
  { config, extensions, parameters, records }: FigureSource,
  scale: StepScale,
): Record<string, string> {
  const experiment = experimentOf(config);
  const { training } = experiment;
  const options = {
    title: taskText(experiment, { extensions }),
    subtitle: runText(experiment, parameters, extensions),
    scale,
    milestones: milestonesOf(records, training),
  };
  const scores = accuracyFigure(records, {
    ...options,
    threshold: training.grokThreshold,
    chance: chanceOf(experiment, extensions),
  });
  // Answers that are values have no accuracy.
  const isOfValues = records.every(({ val_acc }) => Number.isNaN(val_acc));
  return {
    [isOfValues ? "explained" : "accuracy"]: scores,
    loss: lossFigure(records, {
      ...options,
      loss: lossText(experiment, { extensions }) ?? undefined,
    }),
  };
}

/** The accuracy of guessing; unknown without the extension or the data file that the task needs. */
function chanceOf(experiment: Experiment, extensions?: Extensions): number | undefined {
  const kinds = collect(extensions);
  const hasData = dataReferences(experiment.task).every(hasDataFile);
  const isKnown = hasData && kinds.tasks.has(experiment.task.kind);
  if (!isKnown || !kinds.models.has(experiment.model.architecture)) return undefined;
  return assemble(experiment, kinds).task.chance ?? undefined;
}

/**
 * Writes a run's figures, as SVG and PNG, to its folder `plots`.
 *
 * @param savePlot a further file for the figure of both accuracies or explained shares, as its ending
 *   says
 * @param fonts more fonts for the PNG files
 * @param goOn is asked before each of the others; where it says no, the rest are left out
 * @returns the folder that they are in; null if only `savePlot` was asked for
 */
export async function writeFigures(
  folder: string,
  source: FigureSource,
  {
    scale = "log",
    plots = true,
    savePlot,
    fonts,
    goOn,
  }: {
    scale?: StepScale;
    plots?: boolean;
    savePlot?: string;
    fonts?: FontFallback;
    goOn?: () => boolean;
  } = {},
): Promise<string | null> {
  const figures = drawFigures(source, scale);
  if (savePlot !== undefined) {
    await writePicture(savePlot, (figures.accuracy ?? figures.explained) as string, fonts);
  }
  return plots ? writePlots(folder, figures, { fonts, goOn }) : null;
}

/** A run in a line under a title: network, optimizer, training set and seed. */
export function runText(
  experiment: Experiment,
  parameters: number,
  extensions?: Extensions,
): string {
  const { task, seed, preset, model } = experiment;
  return [
    `${preset === model.architecture ? "" : `${preset}: `}${model.architecture}, ${count(parameters)} parameters`,
    optimizerText(experiment, { extensions }),
    ...("trainFraction" in task ? [`train fraction ${task.trainFraction}`] : []),
    `seed ${seed}`,
  ].join(" · ");
}

/** When a run memorised and grokked, as its evaluations tell it. */
export function milestonesOf(
  records: readonly EvaluationRecord[],
  { grokThreshold, grokLoss, memLoss }: Experiment["training"],
): { t_mem: number | null; t_grok: number | null } {
  const { tMem, tGrok } = detectGrok(records, { grokThreshold, grokLoss, memLoss });
  return { t_mem: tMem, t_grok: tGrok };
}
