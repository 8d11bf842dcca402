import { checkConfig, type Parameters, parameterShapes } from "@grok/models";
import { createOptimizer, hiddenMatrices } from "@grok/optim";
import { modelOf, taskOf, trainSizeOf } from "./build";
import { optimizerOf } from "./build-optimizer";
import { completed } from "./complete";
import { asExperimentError, ExperimentError } from "./error";
import type { Experiment } from "./experiment";
import { experimentSchema } from "./experiment";
import { checkMemory } from "./memory";
import { measuresOf } from "./metrics";
import { isMlp, isOneHot } from "./model";
import { type Label, parse } from "./parse";

/**
 * Reads an experiment that was written as data, strictly.
 *
 * @throws ExperimentError for an unknown key, a value out of bounds or settings that do not fit
 * together, in a sentence
 */
export function parseExperiment(data: unknown): Experiment {
  const experiment = completed(parse(experimentSchema, data));
  checkExperiment(experiment);
  return experiment;
}

/** Checks what no single field can know: that task, network, batches and optimizer fit together. */
export function checkExperiment(experiment: Experiment, label: Label = (path) => path): void {
  checkTask(experiment, label);
  asExperimentError(() => checkConfig(modelOf(experiment)), "The network cannot be built: ");
  checkOptimizer(experiment);
  checkShortcuts(experiment, label);
  checkBatches(experiment, label);
  checkMemory(experiment);
  measuresOf(experiment, label);
}

function checkTask({ task, model }: Experiment, label: Label): void {
  asExperimentError(() => taskOf({ task, model }));
  if (!("layout" in task)) return;
  const { layout } = task;
  if (isMlp(model.architecture) && (layout === "power" || layout === "openai")) {
    throw new ExperimentError(
      `${label("task.layout")} ${layout} feeds the answer behind the place where it is read, which only a transformer's causal mask hides; model ${model.architecture} is an MLP.`,
    );
  }
  if (isOneHot(model.architecture) && layout !== "one-hot") {
    throw new ExperimentError(
      `${label("task.layout")} must be one-hot for model ${model.architecture}, which tells the operands apart by their tokens, not ${layout}.`,
    );
  }
}

function checkOptimizer(experiment: Experiment): void {
  asExperimentError(
    () => createOptimizer(optimizerOf(experiment)),
    "The optimizer cannot be built: ",
  );
  if (experiment.optimizer.kind !== "muon") return;
  const shapes = Object.entries(parameterShapes(modelOf(experiment)));
  // It looks at names and ranks only.
  const ranks = Object.fromEntries(shapes.map(([name, { length: rank }]) => [name, { rank }]));
  if (hiddenMatrices(ranks as unknown as Parameters).length > 0) return;
  throw new ExperimentError(
    `Muon is for hidden matrices, of which model ${experiment.model.architecture} has none.`,
  );
}

function checkShortcuts({ model, shortcuts }: Experiment, label: Label): void {
  if (!("width" in model)) return;
  for (const name of ["sharedPrefixes", "answerOnly"] as const) {
    if (shortcuts[name]) continue;
    throw new ExperimentError(
      `${label(`shortcuts.${name}`)} is for transformers; model ${model.architecture} is an MLP.`,
    );
  }
}

function checkBatches(experiment: Experiment, label: Label): void {
  const { task, training } = experiment;
  const { batch, trainMetric } = training;
  if ((task.kind === "addition") !== (batch.mode === "stream")) {
    throw new ExperimentError(
      task.kind === "addition"
        ? `${label("training.batch.mode")} must be stream for task addition, whose examples never end, not ${batch.mode}.`
        : `${label("training.batch.mode")} cannot be stream for task ${task.kind}, whose examples end; it can be epoch, replacement or full.`,
    );
  }
  if (task.kind === "addition" && trainMetric === "full") {
    throw new ExperimentError(
      `${label("training.trainMetric")} must be running for task addition, which has no training set to evaluate.`,
    );
  }
  const trainSize = asExperimentError(() => trainSizeOf(experiment));
  if (batch.mode === "epoch" && trainSize !== null && batch.size > trainSize) {
    throw new ExperimentError(
      `${label("training.batch.size")} must be at most ${trainSize}, the number of training examples, not ${batch.size}.`,
    );
  }
}
