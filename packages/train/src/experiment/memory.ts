import { parameterCount } from "@grok/models";
import type { Assembly } from "./assembly";
import { ExperimentError } from "./error";

/** What 32-bit WebAssembly can address; no page has more either. */
const mostBytes = 2 ** 32;
const gibibyte = 2 ** 30;

/**
 * Checks that a run could fit into memory at all, before anything is taken: less than it needs at
 * the very least is counted, so that nothing is refused that could run.
 *
 * @throws ExperimentError where what is learned, or one batch, exceeds 4 GiB
 */
export function checkMemory(assembly: Assembly): void {
  const { network, task, batchSize } = assembly;
  const learned = 4 * parameterCount(network) * (2 + slotsOf(assembly));
  const batch = 4 * batchSize * (task.length + network.cost.inputWidth);
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
function slotsOf({ experiment, kinds, optimizerKind }: Assembly): number {
  const { optimizer } = experiment;
  let slots = optimizerKind.slots;
  for (const [name, kind] of kinds.transforms) {
    if (kinds.isOn(name, optimizer))
      slots += kind.slots(optimizer[name as keyof typeof optimizer] as never);
  }
  return slots;
}
