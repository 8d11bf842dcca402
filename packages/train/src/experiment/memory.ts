import { networkOf, parameterCount } from "@grok/models";
import { modelOf, taskOf, trainSizeOf } from "./build";
import { ExperimentError } from "./error";
import type { Experiment } from "./experiment";

/** What 32-bit WebAssembly can address; no page has more either. */
const mostBytes = 2 ** 32;
const gibibyte = 2 ** 30;

/**
 * Checks that a run could fit into memory at all, before anything is taken: less than it needs at
 * the very least is counted, so that nothing is refused that could run.
 *
 * @throws ExperimentError where what is learned, or one batch, exceeds 4 GiB
 */
export function checkMemory(experiment: Experiment): void {
  const network = networkOf(modelOf(experiment));
  const learned = 4 * parameterCount(network) * (2 + slotsOf(experiment));
  const perExample = taskOf(experiment).length + network.cost.inputWidth;
  const batch = 4 * batchSizeOf(experiment) * perExample;
  const needs = [
    [learned, "weights, gradients and the optimizer's state"],
    [batch, "a batch and one layer of what the network makes of it"],
  ] as const;
  for (const [bytes, what] of needs) {
    if (bytes <= mostBytes) continue;
    const size = (bytes / gibibyte).toPrecision(3);
    throw new ExperimentError(
      `The run needs at least ${Number(size)} GiB of memory for ${what}; allowed are 4 GiB, which is what WebAssembly can address.`,
    );
  }
}

/** Numbers that the optimizer keeps per parameter, at the least. */
function slotsOf({ optimizer }: Experiment): number {
  const { kind, grokfast } = optimizer;
  const own = kind === "adam" || kind === "adamw" ? 2 : kind === "sgd" ? 0 : 1;
  const filter = grokfast.kind === "ma" ? grokfast.window : grokfast.kind === "ema" ? 1 : 0;
  return own + filter;
}

function batchSizeOf(experiment: Experiment): number {
  const { batch } = experiment.training;
  return batch.mode === "full" ? (trainSizeOf(experiment) ?? 0) : batch.size;
}
