import { ExperimentError } from "../experiment/error";
import { described, printable } from "../experiment/printable";
import { suggestion } from "../experiment/suggestion";
import { kebab } from "../flag/kebab";
import type { Collection } from "../kind/collection";
import type { EditKind } from "../kind/edit-kind";
import { readFlags } from "../preset/overrides";
import type { Change, Edit } from "./change";
import { type ChangePart, changeParts } from "./change-parts";

const resetName = "reset-optimizer";

/**
 * Reads changes as people give them: text such as `5000: weight-decay=0 freeze=tokenEmbedding`, with
 * a line or `;` between changes, or a list of such texts and of objects with the same names,
 * `{ at: 5000, weightDecay: 0, freeze: "tokenEmbedding" }`. Changes as an experiment has them stay
 * as they are.
 *
 * @throws ExperimentError in one sentence that names the step
 */
export function readChanges(given: unknown, kinds: Collection): Change[] {
  const list = Array.isArray(given) ? (given as unknown[]) : [given];
  return list.flatMap((each) =>
    typeof each === "string"
      ? changeParts(each).map((part) => readText(part, kinds))
      : [readObject(each, kinds)],
  );
}

/** Reads `5000: NAME=VALUE NAME=VALUE`. */
function readText({ text, event }: ChangePart, kinds: Collection): Change {
  if (event !== null) {
    throw new ExperimentError(
      `The change at ${event} has no step before a run has come there: train the run and fork it (grok fork RUN --at ${event}), or let grok sweep --grid change=… do both.`,
    );
  }
  const [, step, rest = ""] = /^\s*(\d{1,10})\s*:\s*(.*?)\s*$/s.exec(text) ?? [];
  if (step === undefined) {
    throw new ExperimentError(
      `--change must be a step, a colon and what changes, as "5000: weight-decay=0", not "${printable(text)}".`,
    );
  }
  const items = rest.split(/\s+/).filter((item) => item !== "");
  return readItems(
    Number(step),
    items.map((item): [string, unknown] => {
      const equals = item.indexOf("=");
      if (equals >= 0) return [item.slice(0, equals), item.slice(equals + 1)];
      return item.startsWith("no-") ? [item.slice(3), false] : [item, true];
    }),
    kinds,
  );
}

function readObject(given: unknown, kinds: Collection): Change {
  if (typeof given !== "object" || given === null || !("at" in given)) {
    throw new ExperimentError(
      `A change must be text such as "5000: weight-decay=0" or have the step that it is made at, as { at: 5000, weightDecay: 0 }.`,
    );
  }
  const { at, ...rest } = given as { at: number };
  const entries = Object.entries(rest as Record<string, unknown>).filter(
    ([, value]) => value !== undefined,
  );
  if (entries.every(([name]) => ["set", "edits", "resetOptimizer"].includes(name))) {
    return given as Change;
  }
  const items = entries.flatMap(([name, value]) =>
    kinds.edits.has(kebab(name)) && Array.isArray(value)
      ? value.map((each): [string, unknown] => [name, each])
      : [[name, value] as [string, unknown]],
  );
  return readItems(at, items, kinds);
}

function readItems(at: number, items: [string, unknown][], kinds: Collection): Change {
  if (!(Number.isSafeInteger(at) && at >= 1)) {
    throw new ExperimentError(
      `A change must be made at a step, a whole number of at least 1, not ${described(at)}.`,
    );
  }
  const edits: Edit[] = [];
  const flags: Record<string, unknown> = {};
  let resetOptimizer = false;
  for (const [name, value] of items) {
    const kind = kinds.edits.get(kebab(name));
    if (kind !== undefined) edits.push(readEdit(at, kind, value));
    else if (kebab(name) === resetName) resetOptimizer = value === true;
    else flags[name] = value;
  }
  if (items.length === 0) {
    throw new ExperimentError(
      `The change at step ${at} changes nothing; write what changes after the colon, as "${at}: weight-decay=0".`,
    );
  }
  const set = readSettings(at, flags, kinds);
  return {
    at,
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(edits.length === 0 ? {} : { edits }),
    ...(resetOptimizer ? { resetOptimizer } : {}),
  };
}

function readSettings(
  at: number,
  flags: Record<string, unknown>,
  kinds: Collection,
): Record<string, unknown> {
  const known = [...kinds.flagNames(), ...kinds.edits.keys(), resetName];
  for (const name of Object.keys(flags)) {
    if (kinds.findFlag(kebab(name)) !== undefined) continue;
    const hint = suggestion(kebab(name), known);
    const edits = [...kinds.edits.keys()].join(", ");
    throw new ExperimentError(
      `The change at step ${at} has ${printable(name)}, which is no flag of the experiment and nothing that is done to parameters (${edits})${hint || "."}`,
    );
  }
  return Object.fromEntries(
    Array.from(readFlags(flags, kinds), ([path, { value }]) => [path, value]),
  );
}

/** Reads `PATTERN` or `PATTERN:VALUE`; a value of several numbers has `+` between them. */
function readEdit(at: number, { name, value, settings }: EditKind, given: unknown): Edit {
  const form = formOf(name, value);
  const wrong = new ExperimentError(
    `The change at step ${at} has ${name}=${printable(String(given))}; it is written ${form}.`,
  );
  if (typeof given !== "string") throw wrong;
  const colon = given.indexOf(":");
  const pattern = colon < 0 ? given : given.slice(0, colon);
  const text = colon < 0 ? undefined : given.slice(colon + 1);
  if (value === undefined ? text !== undefined : text === undefined && value.isOptional !== true) {
    throw wrong;
  }
  if (value === undefined || text === undefined) return { kind: name, match: pattern };
  const numbers = text.split("+").map(Number);
  const readings: unknown[] = [numbers, numbers[0], text];
  const read = readings.find((each) => settings.safeParse({ [value.setting]: each }).success);
  // What no reading gives is reported by the kind's own sentence, as a number if it looks like one.
  const fallback = Number.isFinite(numbers[0]) ? numbers[0] : text;
  return { kind: name, match: pattern, [value.setting]: read ?? fallback };
}

/** How an edit is written: `scale=PARAMETERS:FACTOR`. */
export function formOf(name: string, value: EditKind["value"]): string {
  if (value === undefined) return `${name}=PARAMETERS`;
  return value.isOptional === true
    ? `${name}=PARAMETERS or ${name}=PARAMETERS:${value.word}`
    : `${name}=PARAMETERS:${value.word}`;
}
