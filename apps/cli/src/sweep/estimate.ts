import { stopBackend } from "@grok/backend";
import type { SweepRun } from "@grok/sweep";
import { assemble, collect, type Experiment, type LoadedExtension } from "@grok/train";
import { canonicalJson } from "@grok/train/front-end";
import { measureSpeed } from "../run/probe";
import { startBackend } from "../run/start-backend";

/** Kinds of runs that are measured; others count as the slowest of these. */
const maxKinds = 4;

/** How long runs would take if none stopped early. */
export interface Estimate {
  seconds: number;
  /** How many kinds of runs were measured, and how many there are. */
  measured: number;
  kinds: number;
}

/**
 * Estimates a sweep's time from the steps per second, evaluations included, of one run of each kind:
 * runs that differ in their seed, optimizer settings or steps take alike.
 *
 * @param seconds how long each kind is measured; default 1
 */
export async function estimate(
  runs: readonly SweepRun[],
  { jobs, threads }: { jobs: number; threads: number },
  extensions: readonly LoadedExtension[] = [],
  seconds = 1,
): Promise<Estimate> {
  const kinds = new Map<string, { experiment: Experiment; steps: number }>();
  for (const { experiment } of runs) {
    const key = kindOf(experiment, extensions);
    const kind = kinds.get(key) ?? { experiment, steps: 0 };
    kind.steps += experiment.training.steps;
    kinds.set(key, kind);
  }
  const all = [...kinds.values()].sort((a, b) => b.steps - a.steps);
  let total = 0;
  let slowest = Number.POSITIVE_INFINITY;
  try {
    for (const [i, { experiment, steps }] of all.entries()) {
      if (i < maxKinds) {
        await startBackend(experiment.backend, threads);
        const speed = await measureSpeed(experiment, seconds, extensions);
        slowest = Math.min(slowest, speed);
        total += steps / speed;
      } else total += steps / slowest;
    }
  } finally {
    await stopBackend();
  }
  return { seconds: total / jobs, measured: Math.min(maxKinds, all.length), kinds: all.length };
}

/** What decides how long a step takes; train sets within a tenth of each other's size are alike. */
function kindOf(experiment: Experiment, extensions: readonly LoadedExtension[]): string {
  const { task, model, training, metrics, backend } = experiment;
  const { size, trainFraction } = assemble(experiment, collect(extensions)).task;
  const fraction = trainFraction === null ? null : Math.round(10 * trainFraction);
  const { batch, loss, evalEvery, trainMetric } = training;
  return canonicalJson({
    kind: task.kind,
    size,
    fraction,
    model,
    batch,
    loss,
    evalEvery,
    trainMetric,
    metrics,
    backend,
  });
}
