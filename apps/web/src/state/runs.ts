import type { EvaluationRecord } from "@grok/train";
import { effect, signal } from "@preact/signals";
import type { RunEntry } from "../worker/protocol";
import { engine } from "./engine";
import { label, records } from "./session";

/** The runs that the browser keeps, the newest first. */
export const runs = signal<readonly RunEntry[]>([]);

/** The runs that are compared, by their ids. */
export const compared = signal<ReadonlySet<string>>(new Set());

/** The evaluations of runs that are compared. */
export const comparedRecords = signal<ReadonlyMap<string, readonly EvaluationRecord[]>>(new Map());

/** Reads the list again. */
export async function refreshRuns(): Promise<void> {
  runs.value = await engine().runs();
  const known = new Set(runs.peek().map(({ id }) => id));
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
    if (!read.has(id) || id !== label.peek()?.id) read.set(id, await engine().records(id));
  }
  comparedRecords.value = read;
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
