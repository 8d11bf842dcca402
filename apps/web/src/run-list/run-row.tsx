import { useState } from "preact/hooks";
import { saveRun } from "../share/save-run";
import { addressOf } from "../state/address";
import { openRun, reset } from "../state/commands";
import { engine } from "../state/engine";
import { attempt } from "../state/notices";
import { trainSeeds } from "../state/queue";
import { refreshRuns, runs } from "../state/runs";
import { isRunning, label, milestones, step } from "../state/session";
import type { RunEntry } from "../worker/protocol";
import type { ReadableRun } from "./groups";
import { BranchOf, branchIndent, Chosen, RunStatusCell } from "./run-cells";
import { ViewCurves } from "./view-curves";

/** A run of the list; a branch stands in under its parent if it is nested. */
export function RunRow({ entry, isNested }: { entry: RunEntry; isNested: boolean }) {
  const { id, name, begun, run, problem } = entry;
  const isShown = label.value?.id === id;
  const isBusy = isShown && isRunning.value;
  if (run === null) {
    return (
      <tr>
        <td />
        <th scope="row">{name}</th>
        <td colSpan={5} class="problem">
          {problem}
        </td>
        <td class="actions">
          <Remove entry={entry} />
        </td>
      </tr>
    );
  }
  const readable: ReadableRun = { ...entry, run };
  return (
    <tr class={isShown ? "shown-run" : ""}>
      <Chosen entry={readable} />
      <th scope="row" style={isNested ? branchIndent(entry) : undefined}>
        <Name entry={entry} />
        <BranchOf entry={entry} isNested={isNested} />
        <span class="faint">
          {!name.includes(run.task) && `${run.task} · `}
          {run.optimizer} · {new Date(begun).toLocaleString()}
        </span>
        {run.unready !== null && <span class="faint">{run.unready}</span>}
      </th>
      <RunStatusCell
        entry={readable}
        isTraining={isBusy}
        reached={isBusy ? { step: step.value, ...milestones.value } : undefined}
      />
      <td class="actions">
        {run.unready === null ? (
          <a
            class="plain"
            href={addressOf("watch")}
            onClick={() => {
              if (!isShown) attempt(openRun(id));
            }}
          >
            Open
          </a>
        ) : (
          <ViewCurves entry={entry} />
        )}
        <button
          type="button"
          class="plain"
          disabled={run.unready !== null}
          title="Trains the same experiment with the next four seeds, one after the other"
          onClick={() => trainSeeds(run.experiment, furtherSeeds(entry))}
        >
          More seeds
        </button>
        <button type="button" class="plain" onClick={() => attempt(saveRun(entry))}>
          Export
        </button>
        <Remove entry={entry} />
      </td>
    </tr>
  );
}

/** The four lowest seeds that no run of the same experiment has. */
function furtherSeeds({ run }: RunEntry): number[] {
  const same = (other: RunEntry) =>
    other.run !== null &&
    JSON.stringify({ ...other.run.values, seed: "" }) ===
      JSON.stringify({ ...run?.values, seed: "" });
  const taken = new Set(runs.value.filter(same).map((other) => other.run?.experiment.seed));
  const seeds: number[] = [];
  for (let seed = 0; seeds.length < 4; seed++) if (!taken.has(seed)) seeds.push(seed);
  return seeds;
}

function Name({ entry: { id, name } }: { entry: RunEntry }) {
  const [isEdited, setEdited] = useState(false);
  const save = async (text: string) => {
    setEdited(false);
    const trimmed = text.trim();
    if (trimmed === "" || trimmed === name) return;
    await engine().rename(id, trimmed);
    const shown = label.peek();
    if (shown?.id === id) label.value = { ...shown, name: trimmed };
    await refreshRuns();
  };
  if (!isEdited) {
    return (
      <button type="button" class="name" title="Rename" onClick={() => setEdited(true)}>
        {name}
      </button>
    );
  }
  return (
    <input
      type="text"
      aria-label={`New name of ${name}`}
      defaultValue={name}
      maxLength={100}
      ref={(input) => input?.focus()}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setEdited(false);
      }}
      onBlur={(event) => attempt(save(event.currentTarget.value))}
    />
  );
}

function Remove({ entry: { id, name } }: { entry: RunEntry }) {
  const [isAsked, setAsked] = useState(false);
  const remove = async () => {
    const isShown = label.peek()?.id === id;
    await engine().remove(id);
    if (isShown) {
      await reset();
    }
    await refreshRuns();
  };
  return isAsked ? (
    <button
      type="button"
      class="plain danger"
      ref={(button) => button?.focus()}
      onBlur={() => setAsked(false)}
      onClick={() => attempt(remove())}
    >
      Delete for good
    </button>
  ) : (
    <button
      type="button"
      class="plain"
      aria-label={`Delete ${name}`}
      onClick={() => setAsked(true)}
    >
      Delete
    </button>
  );
}
