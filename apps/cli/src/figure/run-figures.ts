import { accuracyFigure, type FontFallback, lossFigure, type StepScale } from "@grok/plot";
import {
  assemble,
  collect,
  type EvaluationRecord,
  type Experiment,
  type Extensions,
  experimentOf,
  optimizerText,
  type RunConfig,
  taskText,
} from "@grok/train";
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

/** Both figures of a run as SVG, by name. */
export function drawFigures(
  { config, extensions, parameters, records }: FigureSource,
  scale: StepScale,
): Record<"accuracy" | "loss", string> {
  const experiment = experimentOf(config);
  const { training } = experiment;
  const options = {
    title: taskText(experiment, { extensions }),
    subtitle: runText(experiment, parameters, extensions),
    scale,
    milestones: milestonesOf(records, training.grokThreshold),
  };
  return {
    accuracy: accuracyFigure(records, {
      ...options,
      threshold: training.grokThreshold,
      chance: chanceOf(experiment, extensions),
    }),
    loss: lossFigure(records, options),
  };
}

/** The accuracy of guessing; unknown without the extension that defines the task. */
function chanceOf(experiment: Experiment, extensions?: Extensions): number | undefined {
  const kinds = collect(extensions);
  const isKnown = kinds.tasks.has(experiment.task.kind);
  if (!isKnown || !kinds.models.has(experiment.model.architecture)) return undefined;
  return assemble(experiment, kinds).task.chance ?? undefined;
}

/**
 * Writes a run's figures, as SVG and PNG, to its folder `plots`.
 *
 * @param savePlot a further file for the figure of both accuracies, as its ending says
 * @param fonts more fonts for the PNG files
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
  if (savePlot !== undefined) await writePicture(savePlot, figures.accuracy, fonts);
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
  grokThreshold: number,
): { t_mem: number | null; t_grok: number | null } {
  return {
    t_mem: records.find(({ train_acc }) => train_acc > 0.99)?.step ?? null,
    t_grok: records.find(({ val_acc }) => val_acc >= grokThreshold)?.step ?? null,
  };
}
