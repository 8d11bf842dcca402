import { parameterCount } from "@grok/models";
import type { Assembly } from "./assembly";

/**
 * Milliseconds on one core and two threads of what made results/metrics-cost.json; only their ratios
 * matter. Work is counted in 10⁹ parameters passed by tokens.
 */
const perTrained = 20;
const perMeasured = 22;
/** The algebra of the measures at p = 97, which grows with p²; the second where inputs are one-hot. */
const algebra = 100;
const algebraOneHot = 250;

/** The share of the time that the estimate aims at, so that the true one stays under a tenth. */
const share = 0.07;

/**
 * How many evaluations there are for each one with the default metrics, so that they take less than
 * a tenth of a run's time. It is estimated from sizes alone: a run is the same on every machine.
 */
export function defaultMetricsEvery({ experiment, network, task, batchSize }: Assembly): number {
  const { evalEvery } = experiment.training;
  if (task.kind !== "finite") return 1;
  const tokens = network.cost.tokensPerExample(task.length);
  const perExample = (parameterCount(network) * tokens) / 1e9;
  const p = task.equation?.elements ?? 120;
  const isOneHot = (network.anatomy.embedding?.blocks ?? 1) > 1;
  const step = perTrained * batchSize * perExample;
  const measured =
    perMeasured * (task.size ?? 0) * perExample +
    (isOneHot ? algebraOneHot : algebra) * (p / 97) ** 2;
  return Math.max(1, Math.ceil(measured / (share * step * evalEvery)));
}
