import "./seeds.css";
import { addressOf } from "../state/address";
import { attempt } from "../state/notices";
import { compare, runs } from "../state/runs";
import {
  areSeedsTraining,
  closeSeeds,
  type SeedRun,
  seedExperiment,
  seedRuns,
  stopSeeds,
} from "./seed-runs";
import { SeedTimes } from "./seed-times";
import { seedsText } from "./seeds-text";

const frame = { width: 160, height: 84 };

/** Several seeds side by side: a small chart of each, and when they grokked. */
export default function SeedsCard() {
  const all = seedRuns.value;
  const steps = seedExperiment.value?.training.steps ?? 1;
  if (all.length === 0) return null;
  const text = seedsText(all);
  return (
    <section class="card seeds" aria-labelledby="seeds-title">
      <header>
        <h2 id="seeds-title">The same with {all.length} seeds</h2>
        <p role="status">{text}</p>
        <span class="buttons">
          {areSeedsTraining.value ? (
            <button type="button" class="plain" onClick={stopSeeds}>
              Stop
            </button>
          ) : (
            <a class="plain" href={addressOf("runs")} onClick={() => attempt(compareSeeds())}>
              Compare them
            </a>
          )}
          <button type="button" class="quiet" onClick={closeSeeds}>
            Close
          </button>
        </span>
      </header>
      <p class="faint">
        A seed decides the random weights that a network begins with and which questions it
        practises. Everything else is the same.
      </p>
      <ol>
        {all.map((run) => (
          <li key={run.seed} class={run.tGrok === null ? "" : "seed-grokked"}>
            <SeedChart run={run} steps={steps} />
            <p>
              <b>seed {run.seed}</b> {stateText(run)}
            </p>
          </li>
        ))}
      </ol>
      <SeedTimes runs={all} steps={steps} />
    </section>
  );
}

/** Compares the runs of these seeds in the list of runs. */
async function compareSeeds(): Promise<void> {
  const experiment = seedExperiment.peek();
  const ids = runs
    .peek()
    .filter(
      ({ run }) =>
        run !== null &&
        seedRuns.peek().some(
          ({ seed }) =>
            // What computed them is not what they are.
            JSON.stringify({ ...experiment, seed, backend: 0, threads: 0 }) ===
            JSON.stringify({ ...run.experiment, backend: 0, threads: 0 }),
        ),
    )
    .map(({ id }) => id);
  await compare(ids, true);
}

function stateText({ state, records, tGrok }: SeedRun): string {
  if (tGrok !== null) return `grokked at ${tGrok.toLocaleString("en")}`;
  const step = records.at(-1)?.step ?? 0;
  if (state === "training") return `step ${step.toLocaleString("en")}`;
  return { waiting: "waits", ended: "did not grok", failed: "failed", stopped: "stopped" }[state];
}

function SeedChart({ run: { seed, records, tGrok }, steps }: { run: SeedRun; steps: number }) {
  const { width, height } = frame;
  const path = (name: "train_acc" | "val_acc") =>
    records
      .flatMap((record) => {
        const value = record[name];
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
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Seed ${seed}: ${now}`}>
      <rect class="seed-frame" width={width} height={height} />
      {tGrok !== null && (
        <line
          class="seed-mark"
          x1={(tGrok / steps) * width}
          x2={(tGrok / steps) * width}
          y1={0}
          y2={height}
        />
      )}
      <polyline class="seed-train" points={path("train_acc")} />
      <polyline class="seed-val" points={path("val_acc")} />
    </svg>
  );
}
