import { additionCurriculum, operations } from "@grok/data";
import type { z } from "zod";
import { layoutDefault, modelDefaults, trainSizeOf } from "../experiment/build";
import { checkExperiment } from "../experiment/check";
import { asExperimentError, ExperimentError } from "../experiment/error";
import { type Experiment, experimentSchema } from "../experiment/experiment";
import { defaultMetricsEvery } from "../experiment/metrics-cadence";
import { modelSchema } from "../experiment/model";
import { suggestion } from "../experiment/nearest";
import { type Label, parse } from "../experiment/parse";
import { described, printable } from "../experiment/printable";
import { taskSchema } from "../experiment/task";
import { trainingSchema } from "../experiment/training";
import { type Given, type GivenFlags, labelOf, readFlags } from "./given";
import { checkGiven, type Draft, merge } from "./merge";
import type { Preset } from "./preset";
import { defaultPreset, type PresetName, presets } from "./presets";

/**
 * The experiment that a preset and flags ask for. A flag always wins over the preset; what follows
 * from other settings (the batch size of a small training set, the steps of some epochs) follows
 * from those that hold in the end.
 *
 * The preset is `mlx` by default; flags are by name or alias, without dashes: see {@link GivenFlags}.
 *
 * @throws ExperimentError in one sentence, for anything that is unknown, out of bounds, has no
 * meaning for the task or network at hand, or does not fit together
 *
 * @example
 * resolveExperiment({ preset: "mlx", flags: { op: "+", "weight-decay": "2.0", epochs: "1000" } });
 */
export function resolveExperiment({
  preset: name = defaultPreset,
  flags = {},
}: {
  preset?: string;
  flags?: GivenFlags;
} = {}): Experiment {
  const preset = findPreset(name);
  const given = readFlags(flags);
  const label = labelOf(given);
  const epochs = takeEpochs(given);
  takeOrderParams(given);

  const model = resolveModel(preset, given);
  const task = resolveTask(preset, model, given);
  const optimizer = merge(experimentSchema.shape.optimizer, preset.optimizer, "optimizer", given);
  const rest = { preset: name, shortcuts: {}, seed: preset.seed ?? 0 };
  const draft: Draft = {
    ...merge(experimentSchema, { ...rest, model, task, optimizer }, "", given),
    training: merge(trainingSchema, baseTraining(preset, task), "training", given),
  };
  checkGiven(experimentSchema, draft, given);

  const parsedModel = parse(modelSchema, model, "model", label);
  const parsedTask = parse(taskSchema, task, "task", label);
  const parts = { model: parsedModel, task: parsedTask };
  const training = parse(
    trainingSchema,
    resolveTraining(preset, parts, draft, epochs, given),
    "training",
    label,
  );
  draft.training = training;
  draft.optimizer = { ...optimizer, ...optimizerDefaults(optimizer, training.steps) };
  const experiment = parse(experimentSchema, draft, "", label);
  experiment.metrics = [...new Set(experiment.metrics)];
  checkExperiment(experiment, label);
  if (given.has("training.metricsEvery")) {
    if (experiment.metrics.length === 0) {
      throw new ExperimentError(`${label("training.metricsEvery")} goes with --metrics.`);
    }
  } else if (experiment.metrics.includes("default")) {
    experiment.training.metricsEvery = defaultMetricsEvery(experiment);
  }
  return experiment;
}

function findPreset(name: string): Preset {
  if (Object.hasOwn(presets, name)) return presets[name as PresetName];
  const names = Object.keys(presets);
  const hint = suggestion(name, names);
  throw new ExperimentError(
    `Unknown preset "${printable(name)}"${hint || `; there are ${names.join(", ")}.`}`,
  );
}

function takeEpochs(given: Given): { value: unknown; label: string } | undefined {
  const epochs = given.get("epochs");
  const steps = given.get("training.steps");
  if (epochs !== undefined && steps !== undefined) {
    throw new ExperimentError(`Give ${epochs.label} or ${steps.label}, not both.`);
  }
  given.delete("epochs");
  return epochs;
}

/** The switch of system 3's command is another way to name the group. */
function takeOrderParams(given: Given): void {
  const asked = given.get("order-params");
  given.delete("order-params");
  if (asked === undefined || asked.value === false || asked.value === "false") return;
  const { value = [], label = asked.label } = given.get("metrics") ?? {};
  if (!Array.isArray(value)) return;
  given.set("metrics", { value: [...value, "order-parameters"], label });
}

function resolveModel(preset: Preset, given: Given): Draft {
  const architecture = given.get("model.architecture")?.value ?? preset.model.architecture;
  // What a preset changes about its network says nothing about another one.
  const changes = architecture === preset.model.architecture ? preset.model : {};
  const known = modelSchema.options.some(
    ({ shape }) => shape.architecture.safeParse(architecture).success,
  );
  const sizes = known ? modelDefaults(architecture as Experiment["model"]["architecture"]) : {};
  return merge(modelSchema, { ...sizes, ...changes, architecture }, "model", given);
}

function resolveTask(preset: Preset, model: Draft, given: Given): Draft {
  const kind =
    given.get("task.kind")?.value ?? kindOf(given.get("task.op")?.value, preset.task.kind);
  const { trainFraction } = preset.task as { trainFraction?: number };
  const base: Draft = kind === preset.task.kind ? { ...preset.task } : { kind, trainFraction };
  const merged = merge(taskSchema, base, "task", given);
  if (kind === "modular" || kind === "permutation") {
    merged.layout ??= layoutDefault(model.architecture as Experiment["model"]["architecture"]);
  }
  if (kind === "addition") {
    const digits = Number(merged.digits ?? 10);
    merged.curriculum = given.has("task.curriculum")
      ? merged.curriculum
      : additionCurriculum.map((stage) => ({ ...stage, digits: Math.min(stage.digits, digits) }));
  }
  return merged;
}

/** The kind of task that an operation's name asks for. */
function kindOf(op: unknown, otherwise: Experiment["task"]["kind"]): Experiment["task"]["kind"] {
  if (op === undefined) return otherwise;
  const operation = operations.find(({ name }) => name === op);
  return operation?.set === "S5" ? "permutation" : "modular";
}

/** A preset's training as far as it is plain data, for the task that was chosen. */
function baseTraining(preset: Preset, task: Draft): Draft {
  const { epochs: _, evalEvery: __, batch, ...rest } = preset.training;
  const endless = task.kind === "addition";
  const fits = (batch.mode === "stream") === endless;
  const mode = fits ? batch.mode : endless ? "stream" : "epoch";
  const size = typeof batch.size === "function" ? undefined : batch.size;
  return { ...rest, ...(fits ? {} : { trainMetric: "running" }), batch: { mode, size } };
}

function resolveTraining(
  preset: Preset,
  { task }: Pick<Experiment, "task">,
  draft: Draft,
  epochs: { value: unknown; label: string } | undefined,
  given: Given,
): z.input<typeof trainingSchema> {
  const label = labelOf(given);
  const training = draft.training as Draft;
  const trainSize = asExperimentError(() => trainSizeOf({ task }));
  const batch = resolveBatch(preset, training.batch as Draft, trainSize, label);
  const size = batch.mode === "full" ? trainSize : batch.size;
  const stepsPerEpoch = trainSize === null ? null : Math.ceil(trainSize / (size ?? trainSize));
  const { evalEvery } = preset.training;
  const fraction = "trainFraction" in task ? task.trainFraction : 0.5;
  const cadence =
    typeof evalEvery === "function"
      ? evalEvery(fraction)
      : evalEvery === "epoch"
        ? (stepsPerEpoch ?? 100)
        : evalEvery;
  return {
    ...(training as z.input<typeof trainingSchema>),
    batch,
    evalEvery: (training.evalEvery as number | undefined) ?? cadence,
    steps: given.has("training.steps")
      ? (training.steps as number)
      : stepsOf(epochs, preset, stepsPerEpoch, task.kind),
  };
}

function resolveBatch(preset: Preset, batch: Draft, trainSize: number | null, label: Label) {
  const { size } = preset.training.batch;
  const whole = trainSize ?? Number.POSITIVE_INFINITY;
  if (batch.mode !== "full") {
    const own = typeof size === "function" ? (trainSize === null ? 512 : size(trainSize)) : size;
    const isOwn = batch.size === undefined || batch.size === size;
    // A preset's batch is no larger than the training set; a flag's is checked instead.
    if (isOwn) batch.size = Math.max(1, Math.min(own ?? 512, whole));
  }
  return parse(trainingSchema.shape.batch, batch, "training.batch", label);
}

function stepsOf(
  epochs: { value: unknown; label: string } | undefined,
  preset: Preset,
  stepsPerEpoch: number | null,
  kind: string,
): number {
  const count = epochs === undefined ? preset.training.epochs : epochs.value;
  if (count === undefined) return preset.training.steps as number;
  if (!(typeof count === "number" && count > 0 && Number.isFinite(count))) {
    throw new ExperimentError(
      `${epochs?.label} must be a number greater than 0, not ${described(epochs?.value)}.`,
    );
  }
  if (stepsPerEpoch === null) {
    throw new ExperimentError(
      `Task ${kind} has no epochs, as its examples never end; give --steps.`,
    );
  }
  const steps = Math.ceil(count * stepsPerEpoch);
  const limit = trainingSchema.shape.steps.maxValue as number;
  // Said of the flag that was given: nobody asked for a number of steps.
  if (steps > limit) {
    throw new ExperimentError(
      `${epochs?.label ?? "The preset"} asks for ${steps} steps, ${stepsPerEpoch} per epoch; allowed are ${limit}.`,
    );
  }
  return steps;
}

/** Decay is decoupled where the optimizer's name promises that, and PyTorch's L2 elsewhere. */
function optimizerDefaults(optimizer: Draft, steps: number): Draft {
  const { kind, schedule } = optimizer as { kind: string; schedule?: Draft };
  const isCosine = schedule?.kind === "cosine";
  return {
    decay: optimizer.decay ?? (kind === "adam" || kind === "sgd" ? "l2" : "zero"),
    schedule: isCosine ? { ...schedule, endStep: schedule.endStep ?? steps } : schedule,
  };
}
