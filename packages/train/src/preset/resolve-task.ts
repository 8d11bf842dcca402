import { traitsOf } from "../experiment/assembly";
import { ExperimentError } from "../experiment/error";
import { fieldsAt } from "../experiment/field";
import type { Collection } from "../kind/collection";
import type { ModelTraits } from "../kind/model-traits";
import { type Draft, merge } from "./merge";
import type { Overrides } from "./overrides";
import type { Preset } from "./preset";

export function resolveModel(
  preset: Preset,
  overrides: Overrides,
  { models, schema }: Collection,
): Draft {
  const asked = overrides.get("model.architecture")?.value;
  const architecture = asked ?? preset.model.architecture;
  // What a preset changes about its network says nothing about another one.
  const changes = architecture === preset.model.architecture ? preset.model : {};
  const name = typeof architecture === "string" ? architecture : "";
  const usual = models.get(name)?.variants?.[name]?.settings;
  return merge(schema.shape.model, { ...usual, ...changes, architecture }, "model", overrides);
}

export function resolveTask(
  preset: Preset,
  model: Draft,
  overrides: Overrides,
  kinds: Collection,
): Draft {
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
export function checkFiles(task: Draft, overrides: Overrides, kinds: Collection): void {
  const name = typeof task.kind === "string" ? task.kind : "";
  const { files = [] } = kinds.tasks.get(name) ?? {};
  const key = files.find((each) => task[each] === undefined && !overrides.has(`task.${each}`));
  if (key === undefined) return;
  const flag = kinds.flagAt(`task.${key}`)?.name ?? key;
  throw new ExperimentError(`Task ${name} needs a file: give it with --${flag} FILE.`);
}
