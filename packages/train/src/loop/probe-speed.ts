import type { Experiment } from "../experiment/experiment";
import { train } from "./train";

/** More steps than any probe makes. */
const never = 1_000_000_000;

/** Steps that are made at most in one measurement. */
const maxSteps = 4096;

/**
 * Steps per second of an experiment on tfjs's current backend, without evaluations: how fast it
 * computes, not how fast it takes orders, as each measurement ends with the reading of the losses. The
 * first step, which prepares kernels and memory, does not count unless it takes very long.
 *
 * @param seconds how long to measure, about; default .3
 * @param signal ends it, with the signal's reason, while the examples are prepared too
 */
export async function probeSpeed(
  experiment: Experiment,
  seconds = 0.3,
  signal?: AbortSignal,
): Promise<number> {
  const { training } = experiment;
  const endless: Experiment = {
    ...experiment,
    backend: "auto",
    training: {
      ...training,
      steps: never,
      evalEvery: never,
      evalAtStart: false,
      checkpointEvery: 0,
    },
  };
  const timeOf = async (steps: number) => {
    const began = performance.now();
    for await (const event of train(endless, { until: steps, signal })) {
      if (event.type === "end" && event.cause !== undefined) throw event.cause;
    }
    signal?.throwIfAborted();
    return (performance.now() - began) / 1000;
  };
  const slow = await slowStep(endless, seconds, signal);
  if (slow !== null) return 1 / slow;
  for (let steps = 8; ; ) {
    const time = await timeOf(steps);
    if (time >= seconds || steps >= maxSteps) return steps / time;
    // What a short measurement takes is partly its beginning, so not at once as many as it seems.
    const enough = Math.ceil((1.1 * steps * seconds) / time);
    steps = Math.min(maxSteps, 16 * steps, Math.max(2 * steps, enough));
  }
}

/**
 * Makes the first two steps. Where a step takes as long as is to be measured, that is all: gives the
 * seconds of the second, or of the first if that took so long that another is too much; else null.
 */
async function slowStep(
  endless: Experiment,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  signal?.throwIfAborted();
  const enough = new AbortController();
  const stop = () => enough.abort();
  signal?.addEventListener("abort", stop, { once: true });
  const began = performance.now();
  let first: number | null = null;
  let slow: number | null = null;
  const options = { until: 2, progressMs: 0, signal: enough.signal };
  for await (const event of train(endless, options)) {
    if (event.type === "end" && event.cause !== undefined) throw event.cause;
    if (event.type !== "progress") continue;
    const at = performance.now();
    if (first === null) {
      first = at;
      if (at - began <= 5000 * seconds) continue;
      slow = (at - began) / 1000;
      stop();
    } else if (at - first >= 1000 * seconds) slow = (at - first) / 1000;
  }
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  return slow;
}
