import type { TokenBatch } from "../batch";
import type { ModelConfig } from "../config";
import type { PlanOptions } from "../network/network";
import { networkOf } from "../network/network-of";
import type { MlpPlan } from "./mlp";
import type { TransformerPlan } from "./transformer";

/** The plans of the built-in networks, of plain arrays. */
export type ModelPlan = TransformerPlan | MlpPlan;

/**
 * Plans a network's forward pass for a batch. A plan depends on the batch's tokens only, so for a
 * batch that comes back (full-batch training, an evaluation set) it can be made once.
 *
 * @throws RangeError if the batch does not fit the network
 */
export function plan(config: ModelConfig, batch: TokenBatch, options: PlanOptions = {}): ModelPlan {
  return networkOf(config).plan(batch, options) as ModelPlan;
}
