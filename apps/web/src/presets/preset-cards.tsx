import "./preset-cards.css";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { choose } from "../state/commands";
import { engine } from "../state/engine";
import { baseName, bases } from "../state/experiment";
import { attempt } from "../state/notices";
import { runs } from "../state/runs";
import { durationText } from "../state/time-left";
import { type KnownCurve, knownCurve } from "./known-curve";
import { newestRuns } from "./newest-runs";

const frame = { width: 150, height: 70 };

/** All networks to begin from, a card each, with the curve of its newest run in this browser. */
export default function PresetCards({ onChosen }: { onChosen: () => void }) {
  const curves = useSignal<ReadonlyMap<string, KnownCurve>>(new Map());
  const tasks = useSignal<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    attempt(
      (async () => {
        const newest = newestRuns(runs.peek(), bases.peek());
        for (const { name, preset, flags } of bases.peek()) {
          const resolved = await engine().experiments.resolve(preset, { ...flags }, null);
          if (!resolved.ok) continue;
          tasks.value = new Map(tasks.peek()).set(name, resolved.task);
          const id = newest.get(name);
          if (id === undefined) continue;
          const curve = await knownCurve(id, resolved.experiment.training);
          curves.value = new Map(curves.peek()).set(name, curve);
        }
      })(),
    );
  }, []);
  return (
    <ul class="preset-cards">
      {bases.value.map(({ name, title, description, source }) => {
        const curve = curves.value.get(name);
        return (
          <li key={name} class={name === baseName.value ? "preset-now" : ""}>
            <Thumbnail curve={curve} />
            <div>
              <h3>
                <button
                  type="button"
                  class="preset-choose"
                  onClick={() => {
                    attempt(choose(name));
                    onChosen();
                  }}
                >
                  {title}
                </button>
              </h3>
              <p class="preset-facts">
                {[tasks.value.get(name), curve && curveText(curve)].filter(Boolean).join(" · ")}
              </p>
              <p>{description}</p>
              <p class="faint">After {source}.</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function curveText({ tGrok, seconds }: KnownCurve): string {
  if (tGrok === null) return "trained here, and did not grok";
  const time =
    seconds === null
      ? ""
      : `, ${seconds < 1 ? "within a second" : `after ${durationText(seconds)}`}`;
  return `grokked here at step ${tGrok.toLocaleString("en")}${time}`;
}

function Thumbnail({ curve }: { curve: KnownCurve | undefined }) {
  const { width, height } = frame;
  const records = curve?.records ?? [];
  const last = records.at(-1)?.step ?? 1;
  const path = (name: "train_acc" | "val_acc") =>
    records
      .flatMap((record) => {
        const value = record[name];
        if (!Number.isFinite(value)) return [];
        const x = (width * record.step) / last;
        return `${x.toFixed(1)},${((1 - value) * (height - 4) + 2).toFixed(1)}`;
      })
      .join(" ");
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect width={width} height={height} class="preset-frame" />
      {records.length === 0 ? (
        <text x={width / 2} y={height / 2 + 4}>
          not trained here yet
        </text>
      ) : (
        <>
          <polyline points={path("train_acc")} class="preset-train" />
          <polyline points={path("val_acc")} class="preset-val" />
        </>
      )}
    </svg>
  );
}
