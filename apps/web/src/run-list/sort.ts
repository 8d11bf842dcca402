import type { RunEntry } from "../worker/protocol";

/** The columns that a table of runs can be sorted by. */
export const sortColumns = ["name", "seed", "status", "step", "tMem", "tGrok"] as const;

/** See {@link sortColumns}. */
export type SortColumn = (typeof sortColumns)[number];

/** How a table of runs is sorted. */
export interface Sorting {
  readonly column: SortColumn;
  readonly isDescending: boolean;
}

/** What comes of pressing a column: rising, then falling, then as the list came. */
export function nextSorting(now: Sorting | null, column: SortColumn): Sorting | null {
  if (now?.column !== column) return { column, isDescending: false };
  return now.isDescending ? null : { column, isDescending: true };
}

/** Runs sorted by a column; those without a value come last either way, equal ones stay in their order. */
export function sortRuns<E extends RunEntry>(entries: readonly E[], sorting: Sorting): E[] {
  const direction = sorting.isDescending ? -1 : 1;
  return entries.toSorted((one, other) => {
    const [a, b] = [valueOf(one, sorting.column), valueOf(other, sorting.column)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === "number" && typeof b === "number") return direction * (a - b);
    return direction * String(a).localeCompare(String(b), "en", { numeric: true });
  });
}

function valueOf({ name, run, summary }: RunEntry, column: SortColumn): string | number | null {
  if (column === "name") return name;
  if (run === null) return null;
  if (column === "seed") return run.experiment.seed;
  if (column === "step") return run.step;
  if (column === "status") return summary?.status ?? "stopped";
  return (column === "tMem" ? summary?.t_mem : summary?.t_grok) ?? null;
}
