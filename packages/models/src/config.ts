import type { MlpConfig } from "./mlp/config";
import { networkOf } from "./network/network-of";
import type { TransformerConfig } from "./transformer/config";

/** A network as plain data: everything that its parameters and its forward pass depend on. */
export type ModelConfig = TransformerConfig | MlpConfig;

/**
 * Checks that a network can be built as configured.
 *
 * @throws RangeError naming the first setting that does not fit, and what is allowed
 */
export function checkConfig(config: ModelConfig): void {
  networkOf(config).check();
}
