import { withoutFileNames } from "../data-file/reference";
import { type Collection, collect } from "../kind/collection";
import type { Kind, Shape } from "../kind/kind";
import { usualKinds } from "../kinds/built-in";
import type { Experiment } from "./experiment";
import { defaultOf } from "./field";
import { laterTraining } from "./training";

/**
 * Data of an experiment with what its parts have where it does not say: data that was written before a
 * setting existed is so the same as data that says what was done then.
 */
export function withDefaults<E extends Pick<Experiment, "model" | "optimizer">>(
  experiment: E,
  kinds: Collection = collect(),
): E {
  const { model, optimizer } = experiment;
  const usual = kinds.models.get(model.architecture)?.variants?.[model.architecture]?.settings;
  return {
    ...experiment,
    model: { ...usual, ...model },
    optimizer: withoutUnused(optimizer, kinds),
  };
}

/** An optimizer without the transforms of extensions that are off: they are no part of the experiment. */
function withoutUnused<O extends Experiment["optimizer"]>(optimizer: O, kinds: Collection): O {
  const unused = Array.from(kinds.transforms.keys()).filter(
    (name) => kinds.ownerOf("gradient transform", name) !== null && !kinds.isOn(name, optimizer),
  );
  if (unused.length === 0) return optimizer;
  return Object.fromEntries(
    Object.entries(optimizer).filter(([key]) => !unused.includes(key)),
  ) as unknown as O;
}

/** Data with the loss that there was before there were others. */
export function withLoss(data: unknown): unknown {
  if (typeof data !== "object" || data === null || !("training" in data)) return data;
  const { training } = data;
  if (typeof training !== "object" || training === null || "loss" in training) return data;
  if (Array.isArray(training)) return data;
  return { ...data, training: { ...training, loss: usualKinds.loss } };
}

/**
 * An experiment's parts without the settings that came after their kinds had runs, where those are
 * equal to their defaults: what an experiment was called before there were such settings, it is called
 * by still. Of an extension's kinds everything counts, as its module does.
 */
export function fingerprintSettings({
  model,
  optimizer,
  training,
  task,
}: Pick<Experiment, "model" | "optimizer" | "training" | "task">): Record<
  "task" | "model" | "optimizer" | "training",
  Record<string, unknown>
> {
  const kinds = collect();
  const modelKind = kinds.models.get(model.architecture);
  const optimizerKind = kinds.optimizers.get(optimizer.kind);
  const usual = modelKind?.variants?.[model.architecture]?.settings;
  const transforms = Array.from(kinds.transforms.values())
    .filter(({ isLater }) => isLater)
    .map(({ name, value }) => [name, defaultOf(value)]);
  const common = { weightNorm: null, parameterGroups: [], ...Object.fromEntries(transforms) };
  return {
    task: without(withoutFileNames(task), usualOf(kinds.tasks.get(task.kind))),
    model: without(model, usualOf(modelKind, usual)),
    optimizer: without(optimizer, { ...common, ...usualOf(optimizerKind) }),
    training: without(training, {
      ...laterTraining,
      ...usualOf(kinds.losses.get(training.loss)),
    }),
  };
}

/** The later settings of a kind with the defaults that they have. */
function usualOf(
  kind: Pick<Kind<string, Shape>, "later" | "settings"> | undefined,
  own: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return Object.fromEntries(
    (kind?.later ?? []).map((key) => [
      key,
      own[key] ?? defaultOf(kind?.settings.shape[key] as never) ?? null,
    ]),
  );
}

/** Settings without those that are equal to what is usual. */
function without(settings: object, usual: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(settings);
  return Object.fromEntries(
    entries.filter(
      ([key, value]) =>
        !Object.hasOwn(usual, key) || JSON.stringify(value) !== JSON.stringify(usual[key]),
    ),
  );
}
