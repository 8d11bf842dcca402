import { useMemo } from "preact/hooks";
import { bringInServed } from "../share/bring-in";
import { attempt } from "../state/notices";
import { served } from "../state/runs";
import { servedProblem } from "../state/served-runs";
import type { ServedEntry } from "../worker/protocol";
import type { ReadableRun } from "./groups";
import { BranchOf, branchIndent, Chosen, RunStatusCell } from "./run-cells";
import { RunTable } from "./run-table";
import { SweepTable } from "./sweep-table";
import { sweepsOf } from "./sweeps";
import { ViewCurves } from "./view-curves";

/** The runs that `grok serve` has, also while they train. */
export function ServedList() {
  const list = served.value;
  const sweeps = useMemo(() => sweepsOf(list), [list]);
  return (
    <>
      {sweeps.map((sweep) => (
        <SweepTable key={sweep.name} sweep={sweep} />
      ))}
      <section class="card list" aria-labelledby="served-title">
        <header>
          <h2 id="served-title">Runs on this machine</h2>
          <span class="faint">
            In the folder that grok serve was given. What running ones record appears as it comes.
          </span>
        </header>
        {servedProblem.value !== null && (
          <p class="problem" role="status">
            {servedProblem.value}
          </p>
        )}
        {list.length === 0 ? (
          <p class="faint">None yet. A run that is begun in that folder appears here.</p>
        ) : (
          <RunTable
            entries={list}
            where="on this machine"
            row={(entry, isNested) => (
              <ServedRow key={entry.id} entry={entry} isNested={isNested} />
            )}
          />
        )}
      </section>
    </>
  );
}

function ServedRow({ entry, isNested }: { entry: ServedEntry; isNested: boolean }) {
  const { name, begun, run, problem, isInUse } = entry;
  if (run === null) {
    return (
      <tr>
        <td />
        <th scope="row">{name}</th>
        <td colSpan={6} class="problem">
          {problem}
        </td>
      </tr>
    );
  }
  const readable: ReadableRun = { ...entry, run };
  return (
    <tr>
      <Chosen entry={readable} />
      <th scope="row" style={isNested ? branchIndent(entry) : undefined}>
        <b>{name}</b>
        <BranchOf entry={entry} isNested={isNested} />
        <span class="faint">
          {run.task} · {run.optimizer} · {new Date(begun).toLocaleString()}
        </span>
        {run.unready !== null && <span class="faint">{run.unready}</span>}
      </th>
      <RunStatusCell entry={readable} isTraining={isInUse} />
      <td class="actions">
        <ViewCurves entry={entry} />
        <button
          type="button"
          class="plain"
          disabled={run.unready !== null}
          aria-label={`Continue here: a copy of ${name}`}
          title={
            run.unready ?? "Copies it into this browser; the run on the machine stays as it is"
          }
          onClick={() => attempt(bringInServed(name))}
        >
          Continue here
        </button>
      </td>
    </tr>
  );
}
