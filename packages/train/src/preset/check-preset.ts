import type * as z from "zod";
import { ExperimentError } from "../experiment/error";
import { groupOf, type Path } from "../experiment/field";
import { printable } from "../experiment/printable";
import { suggestion } from "../experiment/suggestion";
import type { Collection } from "../kind/collection";
import { usualKinds } from "../kinds/built-in";
import { type Draft, variantOf } from "./merge";
import type { Preset } from "./preset";

/** What a preset has besides the settings of its parts. */
const own = ["title", "description", "source", "task", "model", "optimizer", "training"];
const common = ["metrics", "seed"];
/** What a preset's training has besides the settings of every experiment. */
const course = ["steps", "epochs", "batch", "evalEvery"];

/**
 * Checks that everything that a preset sets is a setting: a misspelt one would have no effect, and
 * nobody would hear of it.
 *
 * @throws ExperimentError that names the preset and the setting
 */
export function checkPreset(name: string, preset: Preset, { schema }: Collection): void {
  const which = `Preset ${printable(name)}`;
  const { shape } = schema;
  checkKeys(which, "", Object.keys(preset), [...own, ...common]);
  for (const part of ["task", "model", "optimizer"] as const) {
    checkSettings(which, part, preset[part], shape[part]);
  }
  const { training } = preset;
  checkSettings(which, "training", { loss: usualKinds.loss, ...training }, shape.training, course);
}

function checkSettings(
  which: string,
  at: Path,
  settings: Readonly<Draft>,
  schema: z.ZodType,
  besides: readonly string[] = [],
): void {
  const group = groupOf(schema);
  // What is no group is checked as a value; a variant that is none, where the preset is used.
  const shape = group === null ? undefined : variantOf(group, settings)?.shape;
  if (shape === undefined) return;
  checkKeys(which, at, Object.keys(settings), [...Object.keys(shape), ...besides]);
  for (const [key, value] of Object.entries(settings)) {
    const isGroup = typeof value === "object" && value !== null && !besides.includes(key);
    if (isGroup) checkSettings(which, `${at}.${key}`, value as Draft, shape[key] as z.ZodType);
  }
}

function checkKeys(
  which: string,
  at: Path,
  keys: readonly string[],
  allowed: readonly string[],
): void {
  const key = keys.find((each) => !allowed.includes(each));
  if (key === undefined) return;
  const hint = suggestion(key, allowed);
  throw new ExperimentError(
    `${which} sets ${at === "" ? "" : `${at}.`}${printable(key)}, which is no setting of it${hint || `; there are ${allowed.join(", ")}.`}`,
  );
}
