import "./runs.css";
import { later } from "../layout/later";
import { clearQueue, queue } from "../state/queue";
import { compared, runs, servedAt } from "../state/runs";
import { OpenFiles } from "./open-files";
import { RunRow } from "./run-row";
import { RunTable } from "./run-table";
import { ServedList } from "./served-list";

const Compare = later(() => import("./compare"));

/** The runs that the browser and the page's server keep, and those chosen over each other. */
export default function RunsView() {
  const list = runs.value;
  return (
    <div class="runs">
      <div class="compare-place">
        {compared.value.size > 0 ? (
          <Compare />
        ) : (
          <p class="card hint">Choose runs below to see them over each other.</p>
        )}
      </div>
      {queue.value.length > 0 && (
        <p class="card hint">
          {queue.value.length} more {queue.value.length === 1 ? "run waits" : "runs wait"}.{" "}
          <button type="button" class="quiet" onClick={clearQueue}>
            Leave them out
          </button>
        </p>
      )}
      {servedAt !== null && <ServedList />}
      <section class="card list" aria-labelledby="runs-title">
        <header>
          <h2 id="runs-title">Runs in this browser</h2>
          <OpenFiles />
        </header>
        {list.length === 0 ? (
          <p class="faint">
            None yet. A run is kept from its first step on; it survives a reload, and continues
            exactly.
          </p>
        ) : (
          <RunTable
            entries={list}
            where="in this browser"
            row={(entry, isNested) => <RunRow key={entry.id} entry={entry} isNested={isNested} />}
          />
        )}
      </section>
    </div>
  );
}
