import * as z from "zod";
import { described, printable } from "../experiment/printable";
import { suggestion } from "../experiment/suggestion";
import type { Extension } from "../kind/extension";
import { ExtensionError } from "./error";
import { isExtensionName, nameRule } from "./name";
import { type PartList, partLists } from "./part-lists";

const keys: readonly string[] = ["name", ...Object.keys(partLists), "presets"];

/**
 * Checks that a module's default export is an extension: its name, its lists, and of each part the
 * name, the sentence and the settings. Whether the names are free is for `collect` to say.
 *
 * @param file what to call it in errors
 * @throws ExtensionError in a sentence that names the file and the part
 */
export function checkExtension(value: unknown, file: string): Extension {
  if (value === undefined) {
    throw new ExtensionError(
      `${file} has no default export; an extension ends in export default defineExtension({ name: "…", … }).`,
    );
  }
  if (!isRecord(value)) {
    throw new ExtensionError(
      `The default export of ${file} must be what defineExtension gives, not ${described(value)}.`,
    );
  }
  const { name, presets = {} } = value;
  if (!isExtensionName(name)) {
    throw new ExtensionError(
      `The name of the extension in ${file} must be ${nameRule}, not ${described(name)}.`,
    );
  }
  for (const key of Object.keys(value)) {
    if (keys.includes(key)) continue;
    const hint = suggestion(key, keys) || `; allowed are ${keys.join(", ")}.`;
    throw new ExtensionError(`${file} has an unknown key ${printable(key)}${hint}`);
  }
  for (const list of Object.keys(partLists) as PartList[]) checkList(value[list], list, file);
  if (!isRecord(presets)) {
    throw new ExtensionError(
      `presets of ${file} must be an object from names to presets, not ${described(presets)}.`,
    );
  }
  for (const [preset, settings] of Object.entries(presets)) {
    checkPreset(settings, `Preset "${printable(preset)}" of ${file}`);
  }
  return value as unknown as Extension;
}

/** Checks that a preset names its parts and says how it trains; their settings are checked when it is used. */
function checkPreset(preset: unknown, which: string): void {
  if (!isRecord(preset)) {
    throw new ExtensionError(`${which} must be an object, not ${described(preset)}.`);
  }
  for (const [part, key] of [
    ["task", "kind"],
    ["model", "architecture"],
    ["optimizer", "kind"],
  ] as const) {
    const value = preset[part];
    if (isRecord(value) && typeof value[key] === "string") continue;
    throw new ExtensionError(`${which} needs ${part}: { ${key}: "…" }, not ${described(value)}.`);
  }
  const { training } = preset;
  const isCourse =
    isRecord(training) &&
    isRecord(training.batch) &&
    typeof training.batch.mode === "string" &&
    training.evalEvery !== undefined;
  if (isCourse) return;
  throw new ExtensionError(
    `${which} needs training: { steps: …, batch: { mode: "…" }, evalEvery: … }, not ${described(training)}.`,
  );
}

function checkList(parts: unknown, list: PartList, file: string): void {
  if (parts === undefined) return;
  const kind = partLists[list];
  if (!Array.isArray(parts)) {
    throw new ExtensionError(`${list} of ${file} must be a list, not ${described(parts)}.`);
  }
  const taken = new Set<string>();
  for (const part of parts) {
    if (!isRecord(part)) {
      throw new ExtensionError(`A ${kind} of ${file} must be an object, not ${described(part)}.`);
    }
    const { name, sentence, settings } = part;
    if (typeof name !== "string" || name === "") {
      throw new ExtensionError(`A ${kind} of ${file} needs a name, not ${described(name)}.`);
    }
    const which = `The ${kind} "${printable(name)}" of ${file}`;
    if (taken.has(name)) throw new ExtensionError(`${which} is defined twice.`);
    taken.add(name);
    // A metric says in `description` what others say in `sentence`.
    if (list !== "metrics" && typeof sentence !== "string") {
      throw new ExtensionError(`${which} needs a sentence that says what it is.`);
    }
    if (settings !== undefined && !(settings instanceof z.ZodObject)) {
      throw new ExtensionError(
        `The settings of the ${kind} "${printable(name)}" of ${file} must be a schema as z.strictObject({ … }) makes it, with z from @grok/train, not ${described(settings)}.`,
      );
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
