import type { Change } from "../change/change";
import { textOfAll } from "../change/changes-text";
import type { Experiment } from "../experiment/experiment";
import { defaultOf, fieldsAt } from "../experiment/field";
import { type Collection, collect } from "../kind/collection";
import type { Flag } from "./flag";
import { settingText } from "./setting-text";

/**
 * What holds where a flag is not given, as the help shows it: the value in the experiment at hand,
 * or, where the flag has no meaning there, the schema's default; null if there is none.
 */
export function flagDefault(
  flag: Flag,
  experiment: Experiment,
  kinds: Collection = collect(),
): string | null {
  if (flag.path === null) return null;
  const value = flag.path
    .split(".")
    .reduce<unknown>(
      (parent, key) => (parent as Record<string, unknown> | undefined)?.[key],
      experiment,
    );
  const fallback = fieldsAt(kinds.schema, flag.path).map(defaultOf);
  const shown = value === undefined ? fallback.find((one) => one !== undefined) : value;
  return isChanges(shown) ? textOfAll(shown, kinds) : settingText(shown);
}

function isChanges(value: unknown): value is Change[] {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return typeof first === "object" && first !== null && "at" in first;
}
