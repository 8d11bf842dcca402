import { readChanges } from "../change/read-changes";
import { type Assembly, assemble, lossesOfTargets, traitsOf } from "../experiment/assembly";
import { checkExperiment } from "../experiment/check";
import { asExperimentError, ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { fieldsAt } from "../experiment/field";
import { defaultMetricsEvery } from "../experiment/metrics-cadence";
import { parse } from "../experiment/parse";
import { described, printable } from "../experiment/printable";
import { suggestion } from "../experiment/suggestion";
import { course } from "../experiment/training";
import { withDefaults } from "../experiment/with-defaults";
import { switchValue } from "../flag/switch-value";
import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import type { Label } from "../kind/kind";
import type { ModelTraits } from "../kind/model-traits";
import { usualKinds } from "../kinds/built-in";
import type { FlagValues } from "../kinds/flag-values";
import { checkPreset } from "./check-preset";
import { checkOverrides, type Draft, merge } from "./merge";
import { type GivenFlags, labelOf, type Overrides, readFlags } from "./overrides";
import type { Preset } from "./preset";
import { defaultPreset, type PresetName } from "./presets";

/** What {@link resolveExperiment} takes. */
export interface ResolveOptions {
  /** Default `mlx`. */
  preset?: PresetName | (string & {});
  /** By name or alias, without dashes: in camelCase in code, as on the command line in data. */
  flags?: FlagValues | GivenFlags;
  /** Whose kinds and presets there are besides those that are built in; default none. */
  extensions?: Extensions;
}

/**
 * The experiment that a preset and flags ask for. A flag always wins over the preset; what follows
 * from other settings (the batch size of a small training set, the steps of some epochs) follows
 * from those that hold in the end.
 *
 * @throws ExperimentError in one sentence, for anything that is unknown, out of bounds, has no
 * meaning for the task or network at hand, or does not fit together
 *
 * @example
 * resolveExperiment({ preset: "mlx", flags: { op: "+", weightDecay: 2, epochs: 1000 } });
 */
export function resolveExperiment(options: ResolveOptions = {}): Experiment {
  checkOptions(options);
  const { preset: name = defaultPreset, flags = {}, extensions } = options;
  const kinds = collect(extensions);
  const { shape } = kinds.schema;
  const preset = findPreset(name, kinds);
  checkPreset(name, preset, kinds);
  const overrides = readFlags(flags as GivenFlags, kinds);
  const label = labelOf(overrides);
  const epochs = takeEpochs(overrides);
  takeOrderParams(overrides);
  takeChanges(overrides, kinds);

  const model = resolveModel(preset, overrides, kinds);
  const task = resolveTask(preset, model, overrides, kinds);
  checkFiles(task, overrides, kinds);
  const optimizer = merge(shape.optimizer, preset.optimizer, "optimizer", overrides);
  const { metrics, seed = 0 } = preset;
  const rest = { preset: name, shortcuts: {}, seed, ...(metrics && { metrics: [...metrics] }) };
  const facts = factsOf(preset, { task, model }, kinds);
  const training = baseTraining(preset, facts);
  const draft: Draft = {
    ...merge(kinds.schema, { ...rest, model, task, optimizer, training }, "", overrides),
    training: merge(shape.training, training, "training", overrides),
  };
  checkOverrides(kinds, draft, overrides);

  const parts = assemble(
    {
      model: parse(shape.model, model, "model", label),
      task: parse(shape.task, task, "task", label),
    } as unknown as Experiment,
    kinds,
  );
  // A loss that is none leaves nothing of the training to go by: that is said first.
  if (!kinds.losses.has(String((draft.training as Draft).loss))) {
    parse(shape.training, draft.training, "training", label);
  }
  draft.training = parse(
    shape.training,
    resolveTraining(preset, parts, draft, epochs, overrides),
    "training",
    label,
  );
  const { steps } = draft.training as { steps: number };
  draft.optimizer = { ...optimizer, ...optimizerDefaults(optimizer, steps, kinds) };
  // A run that forgets again, or that is changed once it has grokked, has to go on behind that.
  if (overrides.has("changes") && !overrides.has("training.stopOnGrok")) {
    (draft.training as Draft).stopOnGrok = false;
  }
  const experiment = withDefaults(
    parse(kinds.schema, draft, "", label) as unknown as Experiment,
    kinds,
  );
  experiment.metrics = [...new Set(experiment.metrics)];
  const references = kinds.referencesOf(experiment);
  if (references.length > 0) experiment.extensions = references;
  const assembly = assemble(experiment, kinds);
  checkExperiment(assembly, label);
  if (overrides.has("training.metricsEvery")) {
    if (experiment.metrics.length === 0) {
      throw new ExperimentError(`${label("training.metricsEvery")} goes with --metrics.`);
    }
  } else if (experiment.metrics.includes("default")) {
    experiment.training.metricsEvery = defaultMetricsEvery(assembly);
  }
  return experiment;
}

const optionNames = ["preset", "flags", "extensions"];

/** Refuses options that would have no effect: a preset's bare name, a misspelt key. */
function checkOptions(options: unknown): void {
  if (typeof options !== "object" || options === null) {
    throw new ExperimentError(
      `resolveExperiment takes { preset, flags, extensions }, not ${described(options)}${typeof options === "string" ? `; did you mean { preset: ${described(options)} }?` : "."}`,
    );
  }
  const key = Object.keys(options).find((each) => !optionNames.includes(each));
  if (key === undefined) return;
  const hint = suggestion(key, optionNames) || `; there are ${optionNames.join(", ")}.`;
  throw new ExperimentError(`resolveExperiment has no option ${printable(key)}${hint}`);
}

function findPreset(name: string, { presets }: Collection): Preset {
  const preset = presets.get(name);
  if (preset !== undefined) return preset;
  const names = [...presets.keys()];
  const hint = suggestion(name, names);
  throw new ExperimentError(
    `Unknown preset "${printable(name)}"${hint || `; there are ${names.join(", ")}.`}`,
  );
}

function takeEpochs(overrides: Overrides): { value: unknown; label: string } | undefined {
  const epochs = overrides.get("epochs");
  const steps = overrides.get("training.steps");
  if (epochs !== undefined && steps !== undefined) {
    throw new ExperimentError(`Give ${epochs.label} or ${steps.label}, not both.`);
  }
  overrides.delete("epochs");
  return epochs;
}

/** The switch of ChanceSiyuan/grokking's command is another way to name the group. */
function takeOrderParams(overrides: Overrides): void {
  const asked = overrides.get("order-params");
  overrides.delete("order-params");
  if (asked === undefined || asked.value === false) return;
  if (typeof asked.value === "string" && switchValue(asked.value) === false) return;
  const { value = [], label = asked.label } = overrides.get("metrics") ?? {};
  if (!Array.isArray(value)) return;
  overrides.set("metrics", { value: [...value, "order-parameters"], label });
}

/** Reads changes, whose settings are flags themselves. */
function takeChanges(overrides: Overrides, kinds: Collection): void {
  const asked = overrides.get("changes");
  if (asked === undefined) return;
  const { value } = asked;
  const isNone = value === null || value === "none" || (Array.isArray(value) && value.length === 0);
  if (isNone) overrides.delete("changes");
  else overrides.set("changes", { ...asked, value: readChanges(value, kinds) });
}

function resolveModel(preset: Preset, overrides: Overrides, { models, schema }: Collection): Draft {
  const asked = overrides.get("model.architecture")?.value;
  const architecture = asked ?? preset.model.architecture;
  // What a preset changes about its network says nothing about another one.
  const changes = architecture === preset.model.architecture ? preset.model : {};
  const name = typeof architecture === "string" ? architecture : "";
  const usual = models.get(name)?.variants?.[name]?.settings;
  return merge(schema.shape.model, { ...usual, ...changes, architecture }, "model", overrides);
}

function resolveTask(preset: Preset, model: Draft, overrides: Overrides, kinds: Collection): Draft {
  const kind =
    overrides.get("task.kind")?.value ?? decidedTask(overrides, kinds) ?? preset.task.kind;
  const { trainFraction } = preset.task as { trainFraction?: number };
  const base: Draft = kind === preset.task.kind ? { ...preset.task } : { kind, trainFraction };
  const merged = merge(kinds.schema.shape.task, base, "task", overrides);
  const traits = traitsOfDraft(model, kinds);
  if (traits === null || typeof kind !== "string") return merged;
  const defaults = kinds.tasks.get(kind)?.defaults?.(merged as never, { model: traits });
  return { ...defaults, ...merged };
}

/** What is known of a network that may be none yet: an unknown name is reported where it is parsed. */
function traitsOfDraft(model: Draft, { models }: Collection): ModelTraits | null {
  const kind = models.get(String(model.architecture));
  return kind === undefined ? null : traitsOf(model as { architecture: string }, kind);
}

/** The kind of task that a flag with its value asks for, as an operation's name does. */
function decidedTask(overrides: Overrides, { tasks }: Collection): string | undefined {
  let first: string | undefined;
  for (const [name, { settings, decidedBy }] of tasks) {
    const asked = decidedBy === undefined ? undefined : overrides.get(`task.${decidedBy}`);
    if (asked === undefined) continue;
    if (fieldsAt(settings, decidedBy as string)[0]?.safeParse(asked.value).success) return name;
    first ??= name;
  }
  return first;
}

/** Says which flag gives a file that a task cannot be without. */
function checkFiles(task: Draft, overrides: Overrides, kinds: Collection): void {
  const name = typeof task.kind === "string" ? task.kind : "";
  const { files = [] } = kinds.tasks.get(name) ?? {};
  const key = files.find((each) => task[each] === undefined && !overrides.has(`task.${each}`));
  if (key === undefined) return;
  const flag = kinds.flagAt(`task.${key}`)?.name ?? key;
  throw new ExperimentError(`Task ${name} needs a file: give it with --${flag} FILE.`);
}

/** What of a task decides how it is trained. */
interface CourseFacts {
  /** Whether its examples never end. */
  isEndless: boolean;
  /** The loss of a task whose answers are numbers, if it is not the preset's; else undefined. */
  loss?: string | undefined;
}

/** What of a task decides how it is trained; an unknown or wrong one is reported where it is parsed. */
function factsOf(
  preset: Preset,
  { task, model }: { task: Draft; model: Draft },
  kinds: Collection,
): CourseFacts {
  const { shape } = kinds.schema;
  const parsedTask = shape.task.safeParse(task);
  const parsedModel = shape.model.safeParse(model);
  if (!parsedTask.success || !parsedModel.success) return { isEndless: false };
  const parts = { task: parsedTask.data, model: parsedModel.data };
  const { size, values } = asExperimentError(
    () => assemble(parts as unknown as Experiment, kinds).task,
  );
  const able = lossesOfTargets(kinds);
  const isAble = values === 0 || able.includes(String(preset.training.loss));
  const loss = isAble ? undefined : able[0];
  return { isEndless: size === null, loss };
}

/** A preset's training as far as it is plain data, for the task that was chosen. */
function baseTraining(preset: Preset, { isEndless, loss }: CourseFacts): Draft {
  const { epochs: _, evalEvery: __, batch, ...rest } = preset.training;
  const fits = (batch.mode === "stream") === isEndless;
  const mode = fits ? batch.mode : isEndless ? "stream" : "epoch";
  const size = typeof batch.size === "function" ? undefined : batch.size;
  return {
    loss: usualKinds.loss,
    ...rest,
    ...(loss === undefined ? {} : { loss }),
    ...(fits ? {} : { trainMetric: "running" }),
    batch: { mode, size },
  };
}

function resolveTraining(
  preset: Preset,
  parts: Assembly,
  draft: Draft,
  epochs: { value: unknown; label: string } | undefined,
  overrides: Overrides,
): Draft {
  const label = labelOf(overrides);
  const training = draft.training as Draft;
  const trainSize = asExperimentError(() => parts.trainSize);
  const batch = resolveBatch(preset, training.batch as Draft, trainSize, label);
  const size = batch.mode === "full" ? trainSize : batch.size;
  const stepsPerEpoch = trainSize === null ? null : Math.ceil(trainSize / (size ?? trainSize));
  const { evalEvery } = preset.training;
  const fraction = parts.task.trainFraction ?? 0.5;
  const cadence =
    typeof evalEvery === "function"
      ? evalEvery(fraction)
      : evalEvery === "epoch"
        ? (stepsPerEpoch ?? 100)
        : evalEvery;
  return {
    ...training,
    batch,
    evalEvery: (training.evalEvery as number | undefined) ?? cadence,
    steps: overrides.has("training.steps")
      ? (training.steps as number)
      : stepsOf(epochs, preset, stepsPerEpoch, parts.experiment.task.kind),
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
  return parse(course.batch, batch, "training.batch", label);
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
  const limit = course.steps.maxValue as number;
  // Said of the flag that was given: nobody asked for a number of steps.
  if (steps > limit) {
    throw new ExperimentError(
      `${epochs?.label ?? "The preset"} asks for ${steps} steps, ${stepsPerEpoch} per epoch; allowed are ${limit}.`,
    );
  }
  return steps;
}

/** What of an optimizer follows from its kind and from the length of the run. */
function optimizerDefaults(optimizer: Draft, steps: number, kinds: Collection): Draft {
  const { kind, schedule = {} } = optimizer as { kind: string; schedule?: Draft };
  const defaults = kinds.schedules
    .get(String(schedule.kind as string))
    ?.defaults?.(schedule as never, { steps });
  return {
    decay: optimizer.decay ?? kinds.optimizers.get(kind)?.decay ?? "zero",
    ...(defaults === undefined ? {} : { schedule: { ...defaults, ...schedule } }),
  };
}
