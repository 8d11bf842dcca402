import { ExperimentError } from "../experiment/error";
import { fieldsAt, type Path } from "../experiment/field";
import { readGroups } from "../experiment/parameter-groups";
import { printable } from "../experiment/printable";
import { suggestion } from "../experiment/suggestion";
import type { Flag } from "../flag/flag";
import { kebab } from "../flag/kebab";
import { switchValue } from "../flag/switch-value";
import type { Collection } from "../kind/collection";
import type { Label } from "../kind/kind";

/**
 * What flags were given, by name or alias without dashes; values as text, as they stand on a command
 * line, or as data. Flags that are undefined count as not given.
 */
export type GivenFlags = Record<string, unknown>;

/** Flags by the place that they set (`epochs` by its name), with what they were called. */
export type Overrides = Map<Path, { value: unknown; label: string }>;

/**
 * Reads flags: finds them, and turns text into what their fields take.
 *
 * @throws ExperimentError for a flag that does not exist, or that was given twice by two names
 */
export function readFlags(flags: GivenFlags, kinds: Collection): Overrides {
  const overrides: Overrides = new Map();
  for (const [key, raw] of Object.entries(flags)) {
    if (raw === undefined) continue;
    const name = kebab(key);
    const flag = kinds.findFlag(name);
    if (flag === undefined) {
      const hint = suggestion(name, kinds.flagNames()).replace("mean ", "mean --");
      throw new ExperimentError(`Unknown flag --${printable(name)}${hint || "."}`);
    }
    if (flag.group === "output") continue;
    const path = flag.path ?? flag.name;
    const label = flag.type === "boolean" && raw === false ? `--no-${name}` : `--${name}`;
    const other = overrides.get(path);
    if (other !== undefined) {
      throw new ExperimentError(`${label} and ${other.label} are the same flag; give one of them.`);
    }
    overrides.set(path, { value: read(flag, raw, kinds), label });
  }
  return overrides;
}

/** How places are called where flags set them. */
export function labelOf(overrides: Overrides): Label {
  return (path) => overrides.get(path)?.label ?? path;
}

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const stages = /^\d+:\d+(,\d+:\d+)*$/;

/** The first reading of a text that the flag's field takes; the text itself if it takes none. */
function read(flag: Flag, raw: unknown, kinds: Collection): unknown {
  if (typeof raw !== "string") return raw;
  const text = raw.trim();
  // Of what can be left out, a text too, none means that it is.
  const readings: unknown[] = text === "none" ? [null, raw] : [raw];
  if (numeric.test(text)) readings.push(Number(text));
  const isOn = flag.type === "boolean" ? switchValue(text) : undefined;
  if (isOn !== undefined) readings.push(isOn);
  if (stages.test(text)) {
    const pairs = text.split(",").map((stage) => stage.split(":").map(Number));
    readings.push(pairs.map(([steps, digits]) => ({ steps, digits })));
  }
  const groups = readGroups(text);
  if (groups !== null) readings.push(groups);
  const items = text === "none" ? [] : text.split(",").map((item) => item.trim());
  if (items.length > 0 && items.every((item) => numeric.test(item))) {
    readings.push(items.map(Number));
  }
  readings.push(items);
  const schemas = flag.path === null ? [] : fieldsAt(kinds.schema, flag.path);
  for (const value of readings) {
    if (schemas.some((schema) => schema.safeParse(value).success)) return value;
  }
  // A number out of bounds is still a number, and an error about it should say so.
  return readings.find((value) => typeof value === "number") ?? raw;
}
