import type { EvaluationRecord } from "@grok/train";
import { computed, effect, signal } from "@preact/signals";
import type { RunEntry, ServedEntry } from "../worker/protocol";
import { engine } from "./engine";
import { servedAddress } from "./served-address";
import { label, records } from "./session";

/** The runs that the browser keeps, the newest first. */
export const runs = signal<readonly RunEntry[]>([]);

/** The address of the list of runs that the page's server has; null if it has none. */
export const servedAt = servedAddress("grok-runs");

/** Those runs, the newest first. */
export const served = signal<readonly ServedEntry[]>([]);

/** All runs that can be compared. */
export const listed = computed((): readonly RunEntry[] => [...served.value, ...runs.value]);

/** The runs that are compared, by their ids. */
export const compared = signal<ReadonlySet<string>>(new Set());

/** The evaluations of runs that are compared. */
export const comparedRecords = signal<ReadonlyMap<string, readonly EvaluationRecord[]>>(new Map());

/** Reads the list again. */
export async function refreshRuns(): Promise<void> {
  runs.value = await engine().library.list();
  forgetMissing();
}

/** Compares no more what is in no list any more. */
export function forgetMissing(): void {
  const known = new Set(listed.peek().map(({ id }) => id));
  const kept = [...compared.peek()].filter((id) => known.has(id));
  if (kept.length < compared.peek().size) compared.value = new Set(kept);
}

/** Adds runs to those that are compared, or takes them away. */
export async function compare(ids: readonly string[], isCompared: boolean): Promise<void> {
  const chosen = new Set(compared.peek());
  for (const id of ids) {
    if (isCompared) chosen.add(id);
    else chosen.delete(id);
  }
  compared.value = chosen;
  const read = new Map(comparedRecords.peek());
  for (const id of chosen) {
    if (!read.has(id) || id !== label.peek()?.id) read.set(id, await readRecords(id));
  }
  comparedRecords.value = read;
}

/** Compares a run with nothing else: shows its curves. */
export async function compareOnly(id: string): Promise<void> {
  compared.value = new Set();
  await compare([id], true);
}

/** The evaluations of a run, wherever it is kept. */
export async function readRecords(id: string): Promise<readonly EvaluationRecord[]> {
  const entry = served.peek().find((each) => each.id === id);
  return entry === undefined || servedAt === null
    ? engine().library.records(id)
    : engine().served.records(servedAt, entry.name);
}

/** Keeps the run that is shown up to date among those compared. */
export function followShownRun(): void {
  effect(() => {
    const id = label.value?.id;
    const newest = records.value;
    if (id === undefined || !compared.value.has(id)) return;
    const before = comparedRecords.peek();
    if (before.get(id) !== newest) comparedRecords.value = new Map(before).set(id, newest);
  });
}
