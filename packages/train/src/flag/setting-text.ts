import { groupsText, type ParameterGroups } from "../experiment/parameter-groups";

/** A setting's value as a flag takes it; null if it has none. */
export function settingText(value: unknown): string | null {
  if (value === undefined) return null;
  if (value === null) return "none";
  if (Array.isArray(value) && value.length === 0) return "none";
  if (Array.isArray(value) && typeof value[0] !== "object") return value.join(",");
  if (Array.isArray(value) && "match" in value[0]) return groupsText(value as ParameterGroups);
  if (Array.isArray(value)) return value.map(({ steps, digits }) => `${steps}:${digits}`).join(",");
  return String(value as string | number | boolean);
}
