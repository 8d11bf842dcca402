import { allowed, fieldsAt } from "../experiment/field";
import { type Collection, collect } from "../kind/collection";
import type { Flag } from "./flag";

/**
 * What a flag's value may be, as the help and errors say it: `a whole number from 2 to 4096`; null
 * for switches, for choices, whose names are in the table, and for what sets no place.
 */
export function flagLimits(flag: Flag, kinds: Collection = collect()): string | null {
  if (flag.path === null || flag.type === "boolean" || flag.type === "choice") return null;
  const phrases = new Set(fieldsAt(kinds.schema, flag.path).map(allowed));
  return [...phrases].join(" or ");
}
