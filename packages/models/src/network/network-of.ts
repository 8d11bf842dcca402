import type { ModelConfig } from "../config";
import { MlpNetwork } from "../mlp/network";
import type { InitialValues } from "../parameters/draw";
import { TransformerNetwork } from "../transformer/network";
import type { Network } from "./network";

/** What the built-in networks have beside the interface that all networks share. */
export interface ConfiguredNetwork extends Network {
  readonly config: ModelConfig;
  /** The values behind `initialise`, without tensors. */
  initialValues(seed: number): InitialValues[];
  /** Rows of outputs for a batch. */
  answerCount(batch: { size: number; answerPositions: readonly number[] }): number;
  /** Throws a RangeError unless the network can be built as configured. */
  check(): void;
  /** Throws a RangeError unless the network can take a batch. */
  checkBatch(batch: Parameters<Network["plan"]>[0]): void;
}

const makers = {
  transformer: TransformerNetwork,
  mlp: MlpNetwork,
} as const;

/**
 * The network of a config.
 *
 * @throws RangeError if its kind is unknown; its settings are checked when its parameters are asked for
 *
 * @example
 * const network = networkOf(mlx(97));
 * const parameters = network.initialise(0);
 * const plan = network.plan({ tokens: Int32Array.of(3, 97, 5, 98), size: 1, length: 4, answerPositions: [3] });
 * network.forward(parameters, plan).print(); // [1, 99]
 */
export function networkOf(config: ModelConfig): ConfiguredNetwork {
  if (!Object.hasOwn(makers, config.kind)) {
    throw new RangeError(
      `config.kind is ${JSON.stringify(config.kind)}: allowed are ${Object.keys(makers).join(" and ")}`,
    );
  }
  const Maker = makers[config.kind] as new (config: ModelConfig) => ConfiguredNetwork;
  return new Maker(config);
}
