import type { ComponentChildren } from "preact";
import { attempt } from "../state/notices";
import { compare, compared } from "../state/runs";
import type { RunEntry } from "../worker/protocol";

/** The table of a list of runs; its rows are given. */
export function RunTable({
  entries,
  where,
  children,
}: {
  entries: readonly RunEntry[];
  /** Where they are kept, as in "Compare all in this browser". */
  where: string;
  children: ComponentChildren;
}) {
  const readable = entries.filter(({ run }) => run !== null).map(({ id }) => id);
  const isAll = readable.length > 0 && readable.every((id) => compared.value.has(id));
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
            <th scope="col">Run</th>
            <th scope="col">Seed</th>
            <th scope="col">Status</th>
            <th scope="col">Step</th>
            <th scope="col">t_mem</th>
            <th scope="col">t_grok</th>
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
