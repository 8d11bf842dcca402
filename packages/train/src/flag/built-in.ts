import { collect } from "../kind/collection";
import type { Flag } from "./flag";

/** Every option of `grok train` for experiments of built-in kinds, in the order of its help. */
export function listFlags(): readonly Flag[] {
  return collect().flags;
}

/** The flag of that name or alias, without dashes. */
export function findFlag(name: string): Flag | undefined {
  return collect().findFlag(name);
}

/** Every name and alias, for suggestions. */
export function flagNames(): string[] {
  return collect().flagNames();
}
