import type { RunEntry } from "../worker/protocol";

/** A run whose files could be read. */
export type ReadableRun = RunEntry & { run: NonNullable<RunEntry["run"]> };

/** Runs that differ in their seed only. */
export interface Group {
  /** What tells it from the other groups: the settings that differ, or what is learned. */
  name: string;
  runs: ReadableRun[];
}

/** What says nothing about a run's course. */
const besides = new Set([
  "seed",
  "backend",
  "threads",
  "steps",
  "stop-on-grok",
  "checkpoint-every",
  "keep-checkpoints",
]);

/**
 * Puts runs together that differ in their seed only, the oldest first, and names each group by the
 * settings that not all of them share.
 */
export function groupRuns(runs: readonly ReadableRun[]): Group[] {
  const groups = new Map<string, ReadableRun[]>();
  for (const run of [...runs].reverse()) {
    const key = JSON.stringify(settingsOf(run));
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const all = [...groups.values()];
  const settings = all.map(([first]) => settingsOf(first as ReadableRun));
  const names = [...new Set(settings.flatMap((each) => Object.keys(each)))];
  const differing = names.filter(
    (name) => new Set(settings.map((each) => each[name] ?? null)).size > 1,
  );
  return all.map((members, i) => {
    const told = differing.flatMap((name) => {
      const value = settings[i]?.[name];
      return value == null ? [] : [`${name.replaceAll("-", " ")} ${value}`];
    });
    const [first] = members as [ReadableRun];
    const name = told.length === 0 ? first.run.task : told.slice(0, 4).join(", ");
    return { name, runs: members };
  });
}

function settingsOf({ run }: ReadableRun): Record<string, string | null> {
  return Object.fromEntries(Object.entries(run.values).filter(([name]) => !besides.has(name)));
}
