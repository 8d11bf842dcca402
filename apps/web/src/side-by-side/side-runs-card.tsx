import "./side-runs.css";
import { addressOf } from "../state/address";
import { attempt } from "../state/notices";
import { compare, runs } from "../state/runs";
import {
  areSideRunsTraining,
  closeSideRuns,
  type SideRun,
  sideRuns,
  stopSideRuns,
} from "./side-runs";
import { sideText } from "./side-text";
import { SideTimes } from "./side-times";

const frame = { width: 160, height: 84 };

/** Several runs side by side: a small chart of each, and when they grokked. */
export default function SideRunsCard() {
  const all = sideRuns.value;
  if (all.length === 0) return null;
  const steps = Math.max(...all.map(({ experiment }) => experiment.training.steps));
  const areSeeds = all.every(({ group }) => group === "");
  return (
    <section class="card side-runs" aria-labelledby="side-runs-title">
      <header>
        <h2 id="side-runs-title">
          {areSeeds ? `The same with ${all.length} seeds` : `A sweep of ${all.length} runs`}
        </h2>
        <p role="status">{sideText(all)}</p>
        <span class="buttons">
          {areSideRunsTraining.value ? (
            <button type="button" class="plain" onClick={stopSideRuns}>
              Stop
            </button>
          ) : (
            <a class="plain" href={addressOf("runs")} onClick={() => attempt(compareAll())}>
              Compare them
            </a>
          )}
          <button type="button" class="quiet" onClick={closeSideRuns}>
            Close
          </button>
        </span>
      </header>
      <p class="faint">
        {areSeeds
          ? "A seed decides the random weights that a network begins with and which questions it practises. Everything else is the same."
          : "Each is a run of its own in Runs. What is not named under it is the same in all of them."}
      </p>
      <ol>
        {all.map((run) => (
          <li key={run.name} class={run.tGrok === null ? "" : "side-grokked"}>
            <SideChart run={run} steps={steps} />
            <p>
              <b>{run.name}</b> {stateText(run)}
            </p>
          </li>
        ))}
      </ol>
      <SideTimes runs={all} steps={steps} />
    </section>
  );
}

/** Compares these runs in the list of runs. */
async function compareAll(): Promise<void> {
  // What computed them is not what they are.
  const keyOf = (experiment: SideRun["experiment"]) =>
    JSON.stringify({ ...experiment, backend: 0, threads: 0 });
  const keys = new Set(sideRuns.peek().map(({ experiment }) => keyOf(experiment)));
  const ids = runs
    .peek()
    .filter(({ run }) => run !== null && keys.has(keyOf(run.experiment)))
    .map(({ id }) => id);
  await compare(ids, true);
}

function stateText({ state, records, tGrok }: SideRun): string {
  if (tGrok !== null) return `grokked at ${tGrok.toLocaleString("en")}`;
  const step = records.at(-1)?.step ?? 0;
  if (state === "training") return `step ${step.toLocaleString("en")}`;
  return { waiting: "waits", ended: "did not grok", failed: "failed", stopped: "stopped" }[state];
}

function SideChart({ run: { name, records, tGrok }, steps }: { run: SideRun; steps: number }) {
  const { width, height } = frame;
  const path = (column: "train_acc" | "val_acc") =>
    records
      .flatMap((record) => {
        const value = record[column];
        if (!Number.isFinite(value)) return [];
        const x = (record.step / steps) * width;
        return `${x.toFixed(1)},${((1 - value) * (height - 4) + 2).toFixed(1)}`;
      })
      .join(" ");
  const last = records.at(-1);
  const now =
    last === undefined
      ? "no evaluation yet"
      : `training ${Math.round(100 * last.train_acc)}%, validation ${Math.round(100 * last.val_acc)}% at step ${last.step}`;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${name}: ${now}`}>
      <rect class="side-frame" width={width} height={height} />
      {tGrok !== null && (
        <line
          class="side-mark"
          x1={(tGrok / steps) * width}
          x2={(tGrok / steps) * width}
          y1={0}
          y2={height}
        />
      )}
      <polyline class="side-train" points={path("train_acc")} />
      <polyline class="side-val" points={path("val_acc")} />
    </svg>
  );
}
