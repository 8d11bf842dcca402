import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { attempt } from "../state/notices";
import { compare, compared } from "../state/runs";
import type { RunEntry } from "../worker/protocol";
import { nextSorting, type SortColumn, type Sorting, sortRuns } from "./sort";

const columns: readonly { name: SortColumn; title: string }[] = [
  { name: "name", title: "Run" },
  { name: "seed", title: "Seed" },
  { name: "status", title: "Status" },
  { name: "step", title: "Step" },
  { name: "tMem", title: "t_mem" },
  { name: "tGrok", title: "t_grok" },
];

/** The table of a list of runs, which its heads sort. */
export function RunTable<E extends RunEntry>({
  entries,
  where,
  row,
}: {
  entries: readonly E[];
  /** Where they are kept, as in "Compare all in this browser". */
  where: string;
  /** A run's row; branches stand under their parent unless the table is sorted. */
  row: (entry: E, isNested: boolean) => ComponentChildren;
}) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const readable = entries.filter(({ run }) => run !== null).map(({ id }) => id);
  const isAll = readable.length > 0 && readable.every((id) => compared.value.has(id));
  const ordered = sorting === null ? entries : sortRuns(entries, sorting);
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label={`Compare all ${where}`}
                checked={isAll}
                onChange={() => attempt(compare(readable, !isAll))}
              />
            </th>
            {columns.map(({ name, title }) => (
              <th key={name} scope="col" aria-sort={orderOf(sorting, name)}>
                <button
                  type="button"
                  class="sort"
                  onClick={() => setSorting(nextSorting(sorting, name))}
                >
                  {title}
                </button>
              </th>
            ))}
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>{ordered.map((entry) => row(entry, sorting === null))}</tbody>
      </table>
    </div>
  );
}

function orderOf(
  sorting: Sorting | null,
  column: SortColumn,
): "ascending" | "descending" | undefined {
  if (sorting?.column !== column) return undefined;
  return sorting.isDescending ? "descending" : "ascending";
}
