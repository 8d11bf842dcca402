import { type Experiment, type Extensions, resolveExperiment, train } from "@grok/train";
import { probeSpeed } from "@grok/train/front-end";

/** What backends are probed with: an MLP, and then the largest network among the presets' kinds. */
export const probedPresets = ["mlp", "mlx"] as const;

/** Steps per second of the first preset below which a step of the second would take seconds. */
export const SLOW = 3;

/**
 * Steps per second of a preset on the current backend: training steps alone, without evaluations.
 *
 * @param seconds how long to measure, about; default .3
 */
export function probe(preset: string, seconds = 0.3): Promise<number> {
  return probeSpeed(resolveExperiment({ preset }), seconds);
}

const never = 1_000_000_000;

/**
 * Steps per second of an experiment on the current backend, with its evaluations. The first steps,
 * which prepare kernels and memory, do not count unless they take very long.
 *
 * @param seconds how long to measure; default 1
 */
export async function measureSpeed(
  experiment: Experiment,
  seconds = 1,
  extensions?: Extensions,
): Promise<number> {
  const enough = new AbortController();
  let from = { step: 0, at: Number.NaN };
  let isWarm = false;
  let stepsPerSecond = Number.NaN;
  const endless = { ...experiment, training: { ...experiment.training, steps: never } };
  const options = { signal: enough.signal, progressMs: 0, extensions };
  for await (const event of train(endless, options)) {
    const at = performance.now() / 1000;
    if (event.type === "start") from = { step: 0, at };
    if (event.type !== "progress") continue;
    stepsPerSecond = (event.step - from.step) / (at - from.at);
    if (isWarm) {
      if (at - from.at >= seconds) enough.abort();
    } else if (at - from.at >= 3 * seconds) {
      // So slow that what came before the first step is little beside it.
      enough.abort();
    } else from = { step: event.step, at };
    isWarm = true;
  }
  return stepsPerSecond;
}
