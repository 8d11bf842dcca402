import type { Experiment } from "../experiment/experiment";
import { defaultOf, fieldsAt } from "../experiment/field";
import { groupsText, type ParameterGroups } from "../experiment/parameter-groups";
import { type Collection, collect } from "../kind/collection";
import type { Flag } from "./flag";

/**
 * What holds where a flag is not given, as the help shows it: the value in the experiment at hand,
 * or, where the flag has no meaning there, the schema's default; null where there is none.
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
  if (shown === undefined) return null;
  if (shown === null) return "none";
  if (Array.isArray(shown) && shown.length === 0) return "none";
  if (Array.isArray(shown) && typeof shown[0] !== "object") return shown.join(",");
  if (Array.isArray(shown) && "match" in shown[0]) return groupsText(shown as ParameterGroups);
  if (Array.isArray(shown)) return shown.map(({ steps, digits }) => `${steps}:${digits}`).join(",");
  return String(shown as string | number | boolean);
}
