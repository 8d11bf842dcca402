import { leaveRecording, showRecording } from "../state/commands";
import { attempt } from "../state/notices";
import { recordingHere } from "../state/recordings";
import { recorded } from "../state/session";
import { minutesToWait } from "../state/slow";

/** Says that what is shown was recorded; or offers a recording where this device is slow. */
export function RecordedNote() {
  const { value: origin } = recorded;
  const { value: minutes } = minutesToWait;
  if (origin !== null) {
    return (
      <p class="recorded-note" role="status">
        <b>A recorded run.</b> Nothing is computed here: these are the numbers of a run of{" "}
        {origin.date}, on {origin.machine}
        {origin.until !== null && `, as far as step ${origin.until.toLocaleString("en-US")}`}.{" "}
        <code>{origin.command}</code>{" "}
        <button type="button" class="plain" onClick={() => attempt(leaveRecording())}>
          Train it here instead
        </button>
      </p>
    );
  }
  if (minutes === null) return null;
  return (
    <p class="recorded-note" role="status">
      At this speed it takes about {minutes < 1.5 ? "a minute" : `${Math.round(minutes)} minutes`}{" "}
      more until this network generalises.{" "}
      <button type="button" class="plain" onClick={() => attempt(watchRecording())}>
        Watch a recorded run of it
      </button>
    </p>
  );
}

async function watchRecording(): Promise<void> {
  const recording = recordingHere.peek();
  if (recording !== null) await showRecording(recording);
}
