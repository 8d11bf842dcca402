import type { Described } from "../worker/protocol";
import type { Base } from "./experiment";

/**
 * What an experiment can be said to begin from, with the fewest flags set over it; null if no flags
 * give it.
 */
export function nearestBase(
  { controls, values }: Pick<Described, "controls" | "values">,
  bases: readonly Base[],
): { base: Base; given: Record<string, string> } | null {
  if (controls === null) return null;
  const settings = bases
    .filter(({ preset }) => preset === controls.preset)
    // A setting without a place in this experiment cannot be left to what it begins from.
    .filter(({ flags }) => Object.keys(flags).every((name) => (values[name] ?? null) !== null))
    .map((base) => {
      const names = new Set([...Object.keys(controls.flags), ...Object.keys(base.flags)]);
      const given: Record<string, string> = {};
      for (const name of names) {
        const value = controls.flags[name] ?? values[name];
        if (typeof value === "string" && base.flags[name] !== value) given[name] = value;
      }
      return { base, given };
    })
    .toSorted((a, b) => Object.keys(a.given).length - Object.keys(b.given).length);
  return settings[0] ?? null;
}
