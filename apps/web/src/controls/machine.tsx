import type { BackendChoice, BackendReport } from "@grok/backend";
import { changeBackend, leaveRecording, restart, showRecording } from "../state/commands";
import { attempt } from "../state/notices";
import { isOpen, visibilityOf } from "../state/parts";
import { recordingHere } from "../state/recordings";
import {
  backend,
  backendRequest,
  offer,
  recorded,
  shown,
  status,
  step,
  stepsPerSec,
} from "../state/session";
import { timeLeft } from "../state/time-left";
import type { BackendRequest, Offer } from "../worker/protocol";

/** Which backend computes, why and how fast; another one can be chosen, also in mid-run. */
export function Machine() {
  const { value: here } = offer;
  const steps = shown.value?.experiment.training.steps;
  const speed = stepsPerSec.value;
  if (status.value === "crashed") {
    return (
      <div class="machine">
        <button type="button" class="plain" onClick={() => attempt(restart())}>
          Start the trainer again
        </button>
      </div>
    );
  }
  return (
    <div class="machine">
      <span class="speed">
        Step {step.value.toLocaleString("en")}
        {steps !== undefined && <> of {steps.toLocaleString("en")}</>}
        {speed !== null && <> · {speed < 10 ? speed.toFixed(1) : Math.round(speed)} steps/s</>}
        {timeLeft.value !== null && <> · {timeLeft.value} left</>}
      </span>
      {visibilityOf("backend") !== "hidden" && (
        <label>
          <span class="visually-hidden">Computes on</span>
          <select
            value={recorded.value === null ? valueOf(backendRequest.value) : recordedValue}
            disabled={here === null || status.value === "loading" || !isOpen("backend")}
            onChange={(event) => attempt(choose(event.currentTarget.value))}
          >
            <option value="auto">Automatic</option>
            {here !== null && options(here)}
            {recordingHere.value !== null && (
              <option value={recordedValue}>Nothing: a recorded run</option>
            )}
          </select>
        </label>
      )}
      <span class="machine-why">
        {recorded.value !== null
          ? "Recorded; nothing is computed."
          : backend.value !== null && sentence(backend.value)}
      </span>
    </div>
  );
}

const recordedValue = "recorded";

async function choose(value: string): Promise<void> {
  if (value === recordedValue) {
    const recording = recordingHere.peek();
    if (recording !== null) await showRecording(recording);
    return;
  }
  if (recorded.peek() !== null) await leaveRecording();
  await changeBackend(requestOf(value));
}

/** What computes, and why, in a few words. */
function sentence({ name, threads, simd, adapter, reason }: BackendChoice): string {
  const what = {
    webgpu: `WebGPU, ${adapter}`,
    wasm: `WebAssembly, ${threads} ${threads === 1 ? "thread" : "threads"}${simd === "relaxed" ? "" : `, ${simd} SIMD`}`,
    cpu: "Plain JavaScript",
  }[name];
  return `${what}. ${reason}`;
}

function options({ backends, isIsolated, cores }: Offer) {
  return backends.flatMap((report) => optionsOf(report, isIsolated ? cores : 1));
}

function optionsOf({ name, available, reason }: BackendReport, max: number) {
  if (!available) {
    return [
      <option key={name} value={name} disabled title={reason}>
        {titles[name]}: not here
      </option>,
    ];
  }
  if (name !== "wasm") {
    return [
      <option key={name} value={name}>
        {titles[name]}
      </option>,
    ];
  }
  return counts(max).map((threads) => (
    <option key={threads} value={`wasm:${threads}`}>
      {titles.wasm}, {threads} {threads === 1 ? "thread" : "threads"}
    </option>
  ));
}

const titles = { webgpu: "WebGPU", wasm: "WebAssembly", cpu: "Plain JavaScript" };

/** 1, 2, 4, … and all. */
function counts(max: number): number[] {
  const powers = [1, 2, 4, 8, 16].filter((count) => count < max);
  return [...powers, Math.min(max, 32)];
}

function valueOf({ name, threads }: BackendRequest): string {
  return name === "wasm" ? `wasm:${threads}` : name;
}

function requestOf(value: string): BackendRequest {
  const [name, threads] = value.split(":");
  return { name: name as BackendRequest["name"], threads: threads ? Number(threads) : null };
}
