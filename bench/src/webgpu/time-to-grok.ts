import { type Experiment, train } from "@grok/train";
import type { MainJobRun } from "./result.ts";

/**
 * Trains an experiment on tfjs's current backend to its end, and says how long that took: from the
 * call until the end is told, so that the compilation of programs counts.
 *
 * @throws what the training threw
 */
export async function timeToGrok(experiment: Experiment): Promise<MainJobRun> {
  const began = performance.now();
  for await (const event of train(experiment)) {
    if (event.type !== "end") continue;
    if (event.cause !== undefined) throw event.cause;
    const { status, t_grok, steps_per_sec } = event.summary;
    return {
      seed: experiment.seed,
      status,
      tGrok: t_grok,
      seconds: (performance.now() - began) / 1000,
      stepsPerSecond: steps_per_sec,
    };
  }
  throw new Error("the training did not tell of its end");
}
