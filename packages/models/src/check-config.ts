import type { ModelConfig } from "./config";
import { networkOf } from "./network/network-of";

/**
 * Checks that a network can be built as configured.
 *
 * @throws RangeError naming the first setting that does not fit, and what is allowed
 */
export function checkConfig(config: ModelConfig): void {
  networkOf(config).check();
}
