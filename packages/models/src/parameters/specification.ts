import type { ModelConfig } from "../config";
import { networkOf } from "../network/network-of";

/** What a parameter is for; initialisation schemes tell parameters apart by it. */
export type ParameterRole =
  | "embedding"
  | "positions"
  | "gain"
  | "normBias"
  /** The query, key or value weight. */
  | "projection"
  /** Any bias inside attention. */
  | "attentionBias"
  | "weight"
  | "bias"
  | "unembedding";

/** A parameter before it has values. */
export interface ParameterSpecification {
  name: string;
  shape: number[];
  role: ParameterRole;
  /** Inputs of the linear map that the parameter belongs to; 1 where it belongs to none. */
  fanIn: number;
}

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
