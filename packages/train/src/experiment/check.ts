import { checkConfig, parameterShapes } from "@grok/models";
import { matches } from "@grok/optim";
import { checkChanges } from "../change/check-changes";
import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import type { Label } from "../kind/kind";
import { type Assembly, assemble } from "./assembly";
import { asExperimentError, ExperimentError } from "./error";
import type { Experiment } from "./experiment";
import { checkMemory } from "./memory";
import { measuresFor } from "./metrics";
import { parse } from "./parse";
import { withDefaults, withLoss } from "./with-defaults";

/**
 * Reads an experiment that was written as data, strictly.
 *
 * @param options `extensions` whose kinds it may be made of; default none
 * @throws ExperimentError for an unknown key, a value out of bounds or settings that do not fit
 * together, in a sentence
 */
export function parseExperiment(
  data: unknown,
  { extensions }: { extensions?: Extensions } = {},
): Experiment {
  const kinds = collect(extensions);
  const experiment = readExperiment(data, kinds);
  checkExperiment(assemble(experiment, kinds));
  return experiment;
}

/** Reads an experiment without checking that its parts fit together. */
function readExperiment(data: unknown, kinds: Collection): Experiment {
  const label: Label = (path) => path || "The experiment";
  const read = parse(kinds.schema, withLoss(data), "", label) as unknown as Experiment;
  return withDefaults(read, kinds);
}

/** Checks what no single field can know: that task, network, batches and optimizer fit together. */
export function checkExperiment(assembly: Assembly, label: Label = (path) => path): void {
  checkSettings(assembly, label);
  checkChanges(assembly, label, (under) => checkSettings(under, label));
}

function checkSettings(assembly: Assembly, label: Label): void {
  checkTask(assembly, label);
  checkInputs(assembly);
  asExperimentError(() => {
    if (assembly.config !== null) checkConfig(assembly.config);
    return assembly.network;
  }, "The network cannot be built: ");
  checkAnswers(assembly, label);
  checkOptimizer(assembly, label);
  checkShortcuts(assembly, label);
  checkBatches(assembly, label);
  checkMemory(assembly);
  measuresFor(assembly, { label });
}

function checkTask(assembly: Assembly, label: Label): void {
  const { taskKind, traits, experiment } = assembly;
  asExperimentError(() => assembly.task);
  refuse(taskKind.check?.(experiment.task as never, { model: traits, label }));
}

/** Checks that network, loss and noise are for the task's inputs and answers. */
function checkAnswers(assembly: Assembly, label: Label): void {
  const { task, experiment } = assembly;
  const { kind } = experiment.task;
  assembly.targetLosses();
  if (experiment.training.labelNoise === 0) return;
  const noise = label("training.labelNoise");
  if (task.size === null) {
    throw new ExperimentError(
      `${noise} needs a training set, and the examples of task ${kind} never end.`,
    );
  }
  if (task.values > 0) {
    throw new ExperimentError(
      `${noise} is for labels, and the answers of task ${kind} are numbers.`,
    );
  }
}

function checkInputs({ task, traits, experiment, kinds }: Assembly): void {
  if (task.features === 0 || traits.readsFeatures !== false) return;
  throw new ExperimentError(
    `Task ${experiment.task.kind} has real-valued inputs, which model ${traits.name}, ${traits.words}, cannot read; those that can are ${featureReaders(kinds).join(", ")}.`,
  );
}

/** The networks that read real-valued inputs. */
export function featureReaders({ models }: Collection): string[] {
  const all = [...models].filter(([name, kind]) => kind.traits({}, name).readsFeatures === true);
  return all.map(([name]) => name);
}

function checkOptimizer(assembly: Assembly, label: Label): void {
  asExperimentError(() => assembly.optimizer(), "The optimizer cannot be built: ");
  const { optimizerKind, experiment, traits } = assembly;
  const shapes = parameterShapes(assembly.network);
  refuse(optimizerKind.check?.(experiment.optimizer as never, { name: traits.name, shapes }));
  checkGroups(assembly, Object.keys(shapes), label);
}

function checkGroups(
  { experiment, optimizerKind }: Assembly,
  names: readonly string[],
  label: Label,
): void {
  const { parameterGroups, weightNorm } = experiment.optimizer;
  const groups = label("optimizer.parameterGroups");
  if (parameterGroups.length > 0 && optimizerKind.takesGroups === false) {
    throw new ExperimentError(
      `${groups} cannot go with ${optimizerKind.label}, which must see all parameters to tell which ones it takes.`,
    );
  }
  for (const { match, ...own } of parameterGroups) {
    if (Object.keys(own).length === 0) {
      throw new ExperimentError(
        `${groups} ${match} must say what is its own: lr, weight-decay, frozen or untransformed.`,
      );
    }
    if (!names.some((name) => matches(match, name))) {
      throw new ExperimentError(
        `${groups} ${match} fits no parameter; the network has ${names.join(", ")}.`,
      );
    }
  }
  if (weightNorm !== null && parameterGroups.some(({ frozen }) => frozen)) {
    throw new ExperimentError(
      `${label("optimizer.weightNorm")} scales all parameters at each step, so that none can be frozen.`,
    );
  }
}

function checkShortcuts({ experiment, modelKind, traits }: Assembly, label: Label): void {
  for (const name of ["sharedPrefixes", "answerOnly", "tokenTables"] as const) {
    if (experiment.shortcuts[name] || modelKind.shortcuts.includes(name)) continue;
    throw new ExperimentError(
      `${label(`shortcuts.${name}`)} is for transformers; model ${traits.name} is ${traits.words}.`,
    );
  }
}

function checkBatches(assembly: Assembly, label: Label): void {
  const { training, task } = assembly.experiment;
  const { batch, trainMetric } = training;
  const isEndless = assembly.task.size === null;
  if (isEndless !== (batch.mode === "stream")) {
    throw new ExperimentError(
      isEndless
        ? `${label("training.batch.mode")} must be stream for task ${task.kind}, whose examples never end, not ${batch.mode}.`
        : `${label("training.batch.mode")} cannot be stream for task ${task.kind}, whose examples end; it can be epoch, replacement or full.`,
    );
  }
  if (isEndless && trainMetric === "full") {
    throw new ExperimentError(
      `${label("training.trainMetric")} must be running for task ${task.kind}, which has no training set to evaluate.`,
    );
  }
  const trainSize = asExperimentError(() => assembly.trainSize);
  if (batch.mode === "epoch" && trainSize !== null && batch.size > trainSize) {
    throw new ExperimentError(
      `${label("training.batch.size")} must be at most ${trainSize}, the number of training examples, not ${batch.size}.`,
    );
  }
}

function refuse(reason: string | null | undefined): void {
  if (reason) throw new ExperimentError(reason);
}
