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
  const first = await timeOf(1);
  if (first > 5 * seconds) return 1 / first;
  // A step that takes as long as is asked for, and not only the first time, is measured alone.
  const second = await timeOf(1);
  if (second >= seconds) return 1 / second;
  for (let steps = 8; ; steps *= 2) {
    const time = await timeOf(steps);
    if (time >= seconds || steps >= maxSteps) return steps / time;
  }
}
