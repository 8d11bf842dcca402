import { type Collection, collect } from "@grok/train";
import { suggestion } from "@grok/train/front-end";
import type * as z from "zod";
import { SweepError } from "../sweep-error";
import { type Condition, type Settings, type Sweep, seedsOf, sweepSchema } from "./spec";
import type { SweepOptions } from "./sweep-options";

/** Flags that are not a run's to decide, and what is said of them. */
const refused: Record<string, string> = {
  threads: "threads are divided among the runs by --threads and --jobs of grok sweep",
  "out-dir": "each run has a folder of its own in the sweep's",
  "save-plot": "a sweep draws figures of its own",
  plots: "a sweep draws figures of its own",
};

/**
 * Checks a sweep that was written as data, and gives it with its defaults and the flags by their
 * own names, not their aliases.
 *
 * @throws SweepError for an unknown key or flag, a value of the wrong kind, a flag given twice
 */
export function checkSweep(data: unknown, { extensions }: SweepOptions = {}): Sweep {
  refusePrototypes(data);
  const result = sweepSchema.safeParse(data);
  if (!result.success) {
    const { error: cause } = result;
    throw new SweepError(sentence(cause.issues[0] as z.core.$ZodIssue), { cause });
  }
  const sweep = result.data;
  const kinds = collect(extensions);
  checkUse(sweep, kinds);
  const byName = <T>(settings: Record<string, T>, at: string) => named(settings, at, kinds);
  const checked: Sweep = {
    ...sweep,
    flags: byName(sweep.flags, "flags"),
    grid: byName(sweep.grid, "grid"),
    list: sweep.list?.map((settings, i) => byName(settings, `list.${i + 1}`)),
    sample: sweep.sample && { ...sweep.sample, over: byName(sweep.sample.over, "sample.over") },
    when: byName(sweep.when, "when"),
    exclude: sweep.exclude.map((condition, i) => byName(condition, `exclude.${i + 1}`)),
  };
  for (const [flag, condition] of Object.entries(checked.when)) {
    checked.when[flag] = byName<Condition[string]>(condition, `when.${flag}`);
  }
  checkTwice(checked);
  checkSeeds(checked);
  if (checked.sample !== undefined && Object.keys(checked.sample.over).length === 0) {
    throw new SweepError("sample.over must name at least one flag.");
  }
  return checked;
}

/** Reading a sweep runs no code, so the caller gives the extensions that it uses. */
function checkUse({ use = [] }: Sweep, { extensions }: Collection): void {
  if (use.length === 0 || extensions.length > 0) return;
  throw new SweepError(
    `The sweep uses ${use.join(", ")}: load ${use.length === 1 ? "that extension" : "those extensions"} by useExtensions of @grok/train/node, and give { extensions }.`,
  );
}

/** Refuses keys named __proto__, which the schema would ignore without a word. */
function refusePrototypes(data: unknown, place: readonly string[] = [], seen = new Set()): void {
  if (typeof data !== "object" || data === null || seen.has(data)) return;
  // Aliases of YAML make one object of several, and even a circle.
  seen.add(data);
  if (!Array.isArray(data) && Object.hasOwn(data, "__proto__")) {
    const kind = ["flags", "grid"].includes(place.join(".")) ? "flag" : "key";
    throw new SweepError(
      place.length === 0
        ? "Unknown key __proto__."
        : `${place.join(".")} has the unknown ${kind} __proto__.`,
    );
  }
  for (const [key, value] of Object.entries(data)) {
    refusePrototypes(value, [...place, Array.isArray(data) ? String(Number(key) + 1) : key], seen);
  }
}

function sentence(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((key) => (typeof key === "number" ? key + 1 : String(key)));
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] as string;
    const known =
      place.length === 0
        ? Object.keys(sweepSchema.shape)
        : ["from", "to", "count", "scale", "integer", "method", "seed", "over"];
    const hint = suggestion(key, known);
    return `Unknown key ${[...place, key].join(".")}${hint || "."}`;
  }
  const where = place.length === 0 ? "A sweep" : place.join(".");
  const { message } = issue;
  // What the schema says in words of its own is none of ours.
  return `${where} ${/^(must|cannot)/.test(message) ? message : "is not what a sweep can have there"}.`;
}

/** Renames flags to their own names. */
function named<T>(settings: Record<string, T>, at: string, kinds: Collection): Record<string, T> {
  const renamed: Record<string, T> = {};
  for (const [name, value] of Object.entries(settings)) {
    const flag = name === "preset" ? name : kinds.findFlag(name)?.name;
    if (flag === undefined) {
      const hint = suggestion(name, ["preset", ...kinds.flagNames()]);
      throw new SweepError(
        `${at} has the unknown flag ${name}${hint || "; grok train --help lists them."}`,
      );
    }
    const reason = refused[flag];
    if (reason !== undefined) throw new SweepError(`${at} cannot have ${name}: ${reason}.`);
    if (flag in renamed) throw new SweepError(`${at} has the flag ${flag} twice.`);
    renamed[flag] = value;
  }
  return renamed;
}

/** A flag that varies does so in one place. */
function checkTwice({ grid, list = [], sample, seeds }: Sweep): void {
  const parts: [string, Record<string, unknown>][] = [["grid", grid]];
  if (list.length > 0) parts.push(["list", Object.assign({}, ...list) as Settings]);
  if (sample !== undefined) parts.push(["sample", sample.over]);
  if (seeds !== undefined) parts.push(["seeds", { seed: seeds }]);
  const places = new Map<string, string>();
  for (const [place, flags] of parts) {
    for (const flag of Object.keys(flags)) {
      const other = places.get(flag);
      if (other !== undefined) {
        throw new SweepError(`${flag} is in ${other} and in ${place}; it can vary in one of them.`);
      }
      places.set(flag, place);
    }
  }
}

function checkSeeds({ seeds, flags }: Sweep): void {
  if (seeds === undefined) return;
  if (seedsOf(seeds).length === 0) {
    throw new SweepError(`seeds must rise, and be at most 100,000, not ${String(seeds)}.`);
  }
  if ("seed" in flags) throw new SweepError("seed is in flags and in seeds; give one of them.");
}
