import type * as z from "zod";
import { ExperimentError } from "../experiment/error";
import { type Group, groupOf, type Path } from "../experiment/field";
import { printable } from "../experiment/printable";
import type { Collection } from "../kind/collection";
import type { Overrides } from "./overrides";

/** A part of an experiment before it is parsed. */
export type Draft = Record<string, unknown>;

/**
 * The settings of `base` with the flags given over them, as far as they belong to the variant that
 * is then chosen: what a preset says of Adam's means is dropped where a flag asks for SGD.
 */
export function merge(schema: z.ZodType, base: Draft, at: Path, overrides: Overrides): Draft {
  const group = groupOf(schema) as Group;
  const merged: Draft = {};
  if (group.discriminator !== null) {
    const path = join(at, group.discriminator);
    merged[group.discriminator] = overrides.get(path)?.value ?? base[group.discriminator];
  }
  for (const [key, field] of Object.entries(variantOf(group, merged)?.shape ?? {})) {
    const path = join(at, key);
    if (groupOf(field) !== null) {
      const inner = (base[key] ?? firstChoice(field)) as Draft;
      merged[key] = merge(field, inner, path, overrides);
    } else if (overrides.has(path)) {
      merged[key] = overrides.get(path)?.value;
    } else if (base[key] !== undefined) {
      merged[key] = base[key];
    }
  }
  return merged;
}

/**
 * Checks that each flag given has a place in the experiment as chosen.
 *
 * @throws ExperimentError that says what the flag belongs to
 */
export function checkOverrides(kinds: Collection, chosen: Draft, overrides: Overrides): void {
  for (const [path, { label }] of overrides) {
    let field: z.ZodType = kinds.schema;
    let value = chosen;
    let at = "";
    for (const key of path.split(".")) {
      const group = groupOf(field) as Group;
      const shape = variantOf(group, value)?.shape;
      // An unknown name of a variant is reported where the draft is parsed.
      if (shape === undefined) break;
      if (!(key in shape)) throw misplaced(kinds, { group, key, at, label, value });
      field = shape[key] as z.ZodType;
      value = value[key] as Draft;
      at = join(at, key);
    }
  }
}

function misplaced(
  kinds: Collection,
  {
    group,
    key,
    at,
    label,
    value,
  }: { group: Group; key: string; at: Path; label: string; value: Draft },
): ExperimentError {
  const discriminator = group.discriminator as string;
  const owners = group.variants.filter(({ shape }) => key in shape).flatMap(({ names }) => names);
  const chooser = kinds.flagAt(join(at, discriminator))?.name;
  const list = [owners.slice(0, -1).join(", "), owners.at(-1)].filter((part) => part !== "");
  return new ExperimentError(
    `${label} goes with --${chooser} ${list.join(" or ")}, not with ${printable(String(value[discriminator]))}.`,
  );
}

/** The variant of a group that a value has chosen; undefined if there is none of that name. */
export function variantOf({ discriminator, variants }: Group, value: Readonly<Draft>) {
  if (discriminator === null) return variants[0];
  return variants.find(({ names }) => names.includes(String(value[discriminator])));
}

/** The default of a group, as far as the schema says it. */
function firstChoice(field: z.ZodType): Draft {
  const parsed = field.safeParse(undefined);
  return parsed.success ? (parsed.data as Draft) : {};
}

function join(at: Path, key: string): Path {
  return at === "" ? key : `${at}.${key}`;
}
