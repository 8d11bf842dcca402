import { Panels } from "./panels/panels";
import { pause, reset, start, stepOnce } from "./state/commands";
import { notices } from "./state/notices";
import { backend, records, status, step, stepsPerSec } from "./state/session";

export function App() {
  const last = records.value.at(-1);
  return (
    <main>
      <h1>Grokking, live</h1>
      <button type="button" onClick={() => void start()}>
        Start
      </button>
      <button type="button" onClick={() => void pause()}>
        Pause
      </button>
      <button type="button" onClick={() => void stepOnce()}>
        Step
      </button>
      <button type="button" onClick={() => void reset()}>
        Reset
      </button>
      <p>
        {status.value}, step {step.value}, {stepsPerSec.value?.toFixed(1)} steps/s,{" "}
        {backend.value?.name} on {backend.value?.threads} threads
      </p>
      <p>{last && JSON.stringify(last)}</p>
      {notices.value.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
      <Panels />
    </main>
  );
}
