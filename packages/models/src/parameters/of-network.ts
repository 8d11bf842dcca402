import type { ModelConfig } from "../config";
import { networkOf } from "../network/network-of";
import type { ParameterSpecification } from "./specification";

/** What has parameters: a network, or the config of one. */
type Parametrised = ModelConfig | { readonly parameters: readonly ParameterSpecification[] };

/**
 * All parameters of a network, in a fixed order.
 *
 * @throws RangeError if the config does not fit together
 */
export function parameterSpecifications(network: Parametrised): readonly ParameterSpecification[] {
  return "parameters" in network ? network.parameters : networkOf(network).parameters;
}

/** Shape of each parameter by name, without making any tensor. */
export function parameterShapes(network: Parametrised): Record<string, number[]> {
  return Object.fromEntries(
    parameterSpecifications(network).map(({ name, shape }) => [name, shape]),
  );
}

/** How many numbers a network learns. */
export function parameterCount(network: Parametrised): number {
  return parameterSpecifications(network).reduce(
    (total, { shape }) => total + shape.reduce((product, side) => product * side, 1),
    0,
  );
}
