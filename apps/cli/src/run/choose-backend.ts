import { availableParallelism, hostname } from "node:os";
import { type BackendChoice, type BackendReport, listBackends, stopBackend } from "@grok/backend";
import type { Experiment } from "@grok/train";
import { fastestBackend, probeSpeed } from "@grok/train/front-end";
import type { ProcessEnv } from "../process-env";
import { speedCache } from "./speed-cache";
import { startBackend } from "./start-backend";

/** A backend that was started, and why it was chosen where that was measured. */
export interface ChosenBackend {
  backend: BackendChoice;
  /** A sentence; undefined if nothing was measured. */
  choice?: string;
}

/** What {@link chooseBackend} stands on. */
export interface ChooseParts {
  list: () => Promise<BackendReport[]>;
  start: (name: BackendReport["name"] | "auto", threads: number | null) => Promise<BackendChoice>;
  measure: (experiment: Experiment, seconds?: number, signal?: AbortSignal) => Promise<number>;
}

const usual: ChooseParts = { list: () => listBackends(), start: startBackend, measure: probeSpeed };

/**
 * Starts the backend that an experiment asks for. `auto` is wasm, without any probing, where there is
 * no graphics adapter; where there is one, the experiment itself is tried for a moment on it and on
 * wasm, as small networks are often faster there. What was found is remembered per machine and shape.
 * The signal ends the trial.
 *
 * @throws UsageError if the backend asked for is not here
 */
export async function chooseBackend(
  experiment: Experiment,
  { env, stderr }: ProcessEnv,
  { list, start, measure }: ChooseParts = usual,
  signal?: AbortSignal,
): Promise<ChosenBackend> {
  const { backend: asked, threads } = experiment;
  if (asked !== "auto") return { backend: await start(asked, threads) };
  const gpu = (await list()).find(({ name }) => name === "webgpu");
  if (gpu?.available !== true) return { backend: await start("auto", threads) };
  const fastest = await fastestBackend(experiment, {
    backends: ["webgpu", "wasm"] as const,
    machine: [hostname(), availableParallelism(), process.version, gpu.reason],
    memory: speedCache(env),
    start: (name) => {
      if (stderr.isTTY) stderr.write(`\r\u001b[Ktrying ${name} …`);
      return start(name, threads);
    },
    measure: (each) => measure(each, undefined, signal),
    signal,
  });
  if (stderr.isTTY) stderr.write("\r\u001b[K");
  if (fastest?.name !== "webgpu") await stopBackend();
  if (fastest === undefined) return { backend: await start("auto", threads) };
  return { backend: await start(fastest.name, threads), choice: fastest.reason };
}
