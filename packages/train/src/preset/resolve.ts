import { assemble } from "../experiment/assembly";
import { checkExperiment } from "../experiment/check";
import { ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { defaultMetricsEvery } from "../experiment/metrics-cadence";
import { parse } from "../experiment/parse";
import { described, printable } from "../experiment/printable";
import { suggestion } from "../experiment/suggestion";
import { withDefaults } from "../experiment/with-defaults";
import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import type { FlagValues } from "../kinds/flag-values";
import { checkPreset } from "./check-preset";
import { checkOverrides, type Draft, merge } from "./merge";
import { type GivenFlags, labelOf, readFlags } from "./overrides";
import type { Preset } from "./preset";
import { defaultPreset, type PresetName } from "./presets";
import { checkFiles, resolveModel, resolveTask } from "./resolve-task";
import { baseTraining, factsOf, optimizerDefaults, resolveTraining } from "./resolve-training";
import { takeChanges, takeEpochs, takeOrderParams } from "./taken-flags";

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
  // A run that forgets again, or that is changed once it has grokked, has to continue behind that.
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
