import { type BackendChoice, type BackendReport, listBackends, stopBackend } from "@grok/backend";
import { type Experiment, probeSpeed } from "@grok/train";
import { rate } from "../quantity";
import type { World } from "../world";
import { rememberedSpeeds, rememberSpeeds, speedKey } from "./speed-cache";
import { startBackend } from "./start-backend";

/** A backend that was started, and why it was chosen where that was measured. */
export interface ChosenBackend {
  backend: BackendChoice;
  /** A sentence; undefined where nothing was measured. */
  choice?: string;
}

/** What {@link chooseBackend} stands on. */
export interface ChooseParts {
  list: () => Promise<BackendReport[]>;
  start: (name: BackendReport["name"] | "auto", threads: number | null) => Promise<BackendChoice>;
  measure: (experiment: Experiment) => Promise<number>;
}

const usual: ChooseParts = { list: () => listBackends(), start: startBackend, measure: probeSpeed };

/**
 * Starts the backend that an experiment asks for. `auto` is wasm, without any probing, where there is
 * no graphics adapter; where there is one, the experiment itself is tried for a moment on it and on
 * wasm, as small networks are often faster there. What was found is remembered per machine and shape.
 *
 * @throws UsageError where the backend asked for is not here
 */
export async function chooseBackend(
  experiment: Experiment,
  { env, stderr }: World,
  { list, start, measure }: ChooseParts = usual,
): Promise<ChosenBackend> {
  const { backend: asked, threads } = experiment;
  if (asked !== "auto") return { backend: await start(asked, threads) };
  const gpu = (await list()).find(({ name }) => name === "webgpu");
  if (gpu?.available !== true) return { backend: await start("auto", threads) };
  const key = speedKey(experiment, gpu.reason);
  const before = await rememberedSpeeds(key, env);
  const speeds: Record<string, number> = before?.speeds ?? {};
  if (before === undefined) {
    for (const name of ["webgpu", "wasm"] as const) {
      if (stderr.isTTY) stderr.write(`\r\u001b[Ktrying ${name} …`);
      try {
        await start(name, threads);
        speeds[name] = await measure(experiment);
      } catch {
        // One that cannot train it is not chosen.
      }
    }
    if (stderr.isTTY) stderr.write("\r\u001b[K");
    await rememberSpeeds(key, { date: new Date().toISOString(), speeds }, env);
  }
  const ranked = Object.entries(speeds).sort(([, a], [, b]) => b - a);
  const [[name, speed] = ["wasm", Number.NaN], other] = ranked;
  const against = other === undefined ? "" : ` against ${rate(other[1])} on ${other[0]}`;
  const when = before === undefined ? "measured now" : `measured on ${before.date.slice(0, 10)}`;
  if (name !== "webgpu") await stopBackend();
  return {
    backend: await start(name as BackendReport["name"], threads),
    choice: `${rate(speed)} steps/s on ${name}${against}, ${when}`,
  };
}
