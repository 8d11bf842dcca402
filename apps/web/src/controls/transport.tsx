import { pause, reset, start, stepOnce } from "../state/commands";
import { attempt } from "../state/notices";
import { isRunning, label, status } from "../state/session";

/** Start, pause, one step, back to the beginning. */
export function Transport() {
  const busy = status.value === "loading" || status.value === "crashed";
  const done = status.value === "ended" || status.value === "failed";
  const begun = label.value !== null;
  const run = isRunning.value ? pause : start;
  return (
    <fieldset class="transport" aria-label="Training">
      <button type="button" class="play" disabled={busy || done} onClick={() => attempt(run())}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={isRunning.value ? "M3 2h4v12H3zM9 2h4v12H9z" : "M4 2l10 6-10 6z"} />
        </svg>
        {isRunning.value ? "Pause" : begun && !done ? "Go on" : "Start"}
      </button>
      <button
        type="button"
        class="round"
        disabled={busy || done}
        aria-label="One step"
        title="One step (s)"
        onClick={() => attempt(stepOnce())}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 2l7 6-7 6zM11 2h2.5v12H11z" />
        </svg>
      </button>
      <button
        type="button"
        class="round"
        disabled={busy || !begun}
        aria-label="Reset: begin again, keeping this run in the list"
        title="Begin again (r); this run stays in the list"
        onClick={() => attempt(reset())}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 2.2a5.8 5.8 0 1 1-5.5 4l1.9.6A3.8 3.8 0 1 0 8 4.2v2.3L3.9 3.3 8 0z" />
        </svg>
      </button>
    </fieldset>
  );
}
