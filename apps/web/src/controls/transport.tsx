import { pause, reset, start, stepOnce } from "../state/commands";
import { attempt } from "../state/notices";
import { visibilityOf } from "../state/parts";
import { isRunning } from "../state/session";
import { isSoundOn } from "../state/sound";
import { canReset, canRun, canStep, hasBegun, isDone, startBlocker } from "../state/transport";

/** Start, pause, one step, back to the beginning. */
export function Transport() {
  const begun = hasBegun.value;
  const run = isRunning.value ? pause : start;
  const reason = isRunning.value ? null : startBlocker.value;
  return (
    <fieldset class="transport" aria-label="Training">
      {visibilityOf("start") !== "hidden" && (
        <button
          type="button"
          class={begun ? "play" : "play play-first"}
          disabled={!canRun.value}
          title={reason ?? undefined}
          onClick={() => attempt(run())}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={isRunning.value ? "M3 2h4v12H3zM9 2h4v12H9z" : "M4 2l10 6-10 6z"} />
          </svg>
          {isRunning.value ? "Pause" : begun && !isDone.value ? "Go on" : "Start"}
        </button>
      )}
      {visibilityOf("step") !== "hidden" && (
        <button
          type="button"
          class="round"
          disabled={!canStep.value}
          aria-label="One step"
          title="One step (s)"
          onClick={() => attempt(stepOnce())}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 2l7 6-7 6zM11 2h2.5v12H11z" />
          </svg>
        </button>
      )}
      {visibilityOf("reset") !== "hidden" && (
        <button
          type="button"
          class="round"
          disabled={!canReset.value}
          aria-label="Reset: begin again, keeping this run in the list"
          title="Begin again (r); this run stays in the list"
          onClick={() => attempt(reset())}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 2.2a5.8 5.8 0 1 1-5.5 4l1.9.6A3.8 3.8 0 1 0 8 4.2v2.3L3.9 3.3 8 0z" />
          </svg>
        </button>
      )}
      <button
        type="button"
        class="round round-small"
        aria-pressed={isSoundOn.value}
        aria-label="Sound: the pitch is the share of unseen questions that it gets right"
        title="Hear it: the pitch is the share of unseen questions that it gets right"
        onClick={() => {
          isSoundOn.value = !isSoundOn.value;
        }}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path
            d={`M1 6h3l4-3.5v11L4 10H1z${isSoundOn.value ? "M10 5.5q2 2.5 0 5l-.8-.8q1-1.7 0-3.4zM12 3.5q3.8 4.5 0 9l-.8-.8q2.8-3.7 0-7.4z" : ""}`}
          />
        </svg>
      </button>
    </fieldset>
  );
}
