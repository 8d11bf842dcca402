import "./runs.css";
import { later } from "../layout/later";
import { attempt } from "../state/notices";
import { clearQueue, queue } from "../state/queue";
import { compare, compared, runs } from "../state/runs";
import { OpenFiles } from "./open-files";
import { RunRow } from "./run-row";

const Compare = later(() => import("./compare"));

/** The runs that the browser keeps, and those chosen over each other. */
export default function RunsView() {
  const list = runs.value;
  const readable = list.filter(({ run }) => run !== null).map(({ id }) => id);
  const isAll = readable.length > 0 && readable.every((id) => compared.value.has(id));
  return (
    <div class="runs">
      {compared.value.size > 0 ? (
        <Compare />
      ) : (
        <p class="card hint">Choose runs below to see them over each other.</p>
      )}
      {queue.value.length > 0 && (
        <p class="card hint">
          {queue.value.length} more {queue.value.length === 1 ? "run waits" : "runs wait"}.{" "}
          <button type="button" class="quiet" onClick={clearQueue}>
            Leave them out
          </button>
        </p>
      )}
      <section class="card list" aria-labelledby="runs-title">
        <header>
          <h2 id="runs-title">Runs in this browser</h2>
          <OpenFiles />
        </header>
        {list.length === 0 ? (
          <p class="faint">
            None yet. A run is kept from its first step on; it survives a reload, and goes on
            exactly.
          </p>
        ) : (
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">
                    <input
                      type="checkbox"
                      aria-label="Compare all"
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
              <tbody>
                {list.map((entry) => (
                  <RunRow key={entry.id} entry={entry} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </div>
  );
}
