import type { ModelConfig } from "../config";
import { networkOf } from "../network/network-of";
import type { InitialValues, Parameters } from "./draw";

/**
 * A network's initial parameters, drawn as its scheme has it (see {@link distributionOf}).
 *
 * Each tensor comes from a random stream of its own, keyed by the seed and the parameter's name, so
 * that it does not depend on which other parameters there are. Then all are multiplied by
 * `initialScale`, gains included, as Omnigrok's code does.
 *
 * @returns tensors that outlive any tidy scope: the caller disposes of them
 * @throws RangeError if the config does not fit together
 */
export function initialise(config: ModelConfig, seed: number): Parameters {
  return networkOf(config).initialise(seed);
}

/** The values behind {@link initialise}, without tensors. */
export function initialValues(config: ModelConfig, seed: number): InitialValues[] {
  return networkOf(config).initialValues(seed);
}
