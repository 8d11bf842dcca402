import { phaseSpans } from "@grok/metrics/statistics";
import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useMemo } from "preact/hooks";
import { formatStep } from "../panels/chart/scale";
import { stepScale } from "../panels/chart/step-scale";
import { type Inside, shownStep } from "../panels/inside";
import { phaseText, phaseTexts } from "./phase-text";
import { createReplay } from "./replay";
import "./timeline.css";

/** How fine the slider's own positions are. */
const positions = 10_000;

/** Scrubs through the evaluations of a run: every panel shows the state at the chosen one. */
export function Timeline({
  inside,
  tools,
  isTraining = false,
}: {
  inside: Inside;
  /** What else can be done at the step that is shown. */
  tools?: ComponentChildren;
  /** Whether the run is trained now: its step is said beside Start, and there is one clock. */
  isTraining?: boolean;
}) {
  const { records, show, step: chosen } = inside;
  const id = useId();
  const replay = useMemo(() => createReplay(show), [show]);
  useEffect(() => () => replay.stop(), [replay]);
  const spans = useComputed(() => phaseSpans(records.value));
  const steps = useComputed(() => records.value.map(({ step }) => step));
  const all = steps.value;
  const at = shownStep(inside);
  if (all.length === 0 || at === null) {
    return (
      <section class="timeline timeline-empty" aria-label="Timeline">
        <p>When training runs, its past can be looked at here.</p>
      </section>
    );
  }
  const first = all[0] as number;
  const last = all.at(-1) as number;
  const scale = stepScale({ first, last }, inside.isLogScale.value, [0, 1]);
  const phase = spans.value.findLast(({ from }) => from <= at) ?? spans.value[0];
  const view = inside.view.value;
  const choose = (step: number) => {
    replay.stop();
    show(step >= last ? null : step);
  };
  const move = (by: number) => {
    const index = all.findLastIndex((step) => step <= at);
    choose(all[Math.min(all.length - 1, Math.max(0, index + by))] as number);
  };
  const page = Math.max(1, Math.round(all.length / 10));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(-1),
    ArrowDown: () => move(-1),
    ArrowRight: () => move(1),
    ArrowUp: () => move(1),
    PageDown: () => move(-page),
    PageUp: () => move(page),
    Home: () => choose(first),
    End: () => choose(last),
  };
  const evaluated = records.value.find(({ step }) => step === at);
  const text = phase === undefined ? "" : phaseText(phase.phase, evaluated);
  const isLive = chosen.value === null;
  const { t_mem, t_grok } = inside.milestones.value;
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="timeline-buttons">
        <button
          type="button"
          class="replay"
          aria-label={replay.isPlaying.value ? "Stop the replay" : "Replay the run"}
          disabled={all.length < 2}
          onClick={() => (replay.isPlaying.value ? replay.stop() : replay.play(all, chosen.value))}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            {replay.isPlaying.value ? (
              <path d="M3 2h4v12H3zM9 2h4v12H9z" />
            ) : (
              <path d="M3 1.5v13l11-6.5z" />
            )}
          </svg>
          {replay.isPlaying.value ? "Stop" : "Replay"}
        </button>
        {tools}
      </div>
      <div class="timeline-track">
        <div class="phases" aria-hidden="true">
          {spans.value.map(({ phase: name, from, to }) => {
            const start = name === spans.value[0]?.phase ? 0 : scale.place(from);
            return (
              <span
                key={name}
                class={`phase phase-${name}`}
                style={{
                  left: `${100 * start}%`,
                  width: `${100 * Math.max(0, scale.place(to) - start)}%`,
                }}
                title={phaseTexts[name]}
              >
                <span>{name}</span>
              </span>
            );
          })}
        </div>
        <input
          type="range"
          min={0}
          max={positions}
          step={1}
          value={positions * scale.place(at)}
          aria-label="Step that is shown"
          aria-valuetext={`step ${formatStep(at)}${phase === undefined ? "" : `, ${phase.phase}`}${isLive ? ", the newest" : ""}`}
          aria-describedby={`${id}-text`}
          onInput={(event) => {
            const share = Number(event.currentTarget.value) / positions;
            choose(nearest(all, (step) => Math.abs(scale.place(step) - share)));
          }}
          onKeyDown={(event) => {
            const act = keys[event.key];
            if (act === undefined) return;
            event.preventDefault();
            act();
          }}
        />
        <Milestones
          reached={[
            { name: "memorised", step: t_mem },
            { name: "grokked", step: t_grok },
          ]}
          place={scale.place}
        />
      </div>
      <p class="timeline-step">
        {!(isLive && isTraining) && (
          <b>step {formatStep(isLive ? Math.max(at, view?.step ?? at) : at)}</b>
        )}
        {isLive ? (
          <span class="live">newest</span>
        ) : (
          <button
            type="button"
            onClick={() => {
              replay.stop();
              show(null);
            }}
          >
            To the newest
          </button>
        )}
      </p>
      <p class="timeline-text" id={`${id}-text`}>
        {phase !== undefined && (
          <>
            <b class="phase-name">{phase.phase}</b> {text}{" "}
          </>
        )}
        {view !== null && view.step !== at && !isLive && (
          <span class="note">
            The panels are of step {formatStep(view.step)}, when the network was last looked into.
          </span>
        )}
      </p>
    </section>
  );
}

/** Names of milestones nearer to each other than this share of the track lie in two rows. */
const nearTo = 0.65;

function Milestones({
  reached,
  place,
}: {
  reached: readonly { readonly name: string; readonly step: number | null }[];
  place: (step: number) => number;
}) {
  const there = reached.flatMap(({ name, step }) =>
    step === null ? [] : [{ name, step, share: place(step) }],
  );
  const shares = there.map(({ share }) => share);
  const isCrowded = Math.max(...shares) - Math.min(...shares) < nearTo && there.length > 1;
  return (
    <div class={isCrowded ? "milestones milestones-crowded" : "milestones"} aria-hidden="true">
      {there.map(({ name, step, share }) => (
        <span
          key={name}
          class={share > 0.6 ? "milestone milestone-late" : "milestone"}
          style={{ left: `${100 * share}%` }}
        >
          {name} {formatStep(step)}
        </span>
      ))}
    </div>
  );
}

function nearest(steps: readonly number[], distance: (step: number) => number): number {
  return steps.reduce((best, step) => (distance(step) < distance(best) ? step : best));
}
