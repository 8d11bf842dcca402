import type * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "./batch";
import type { ModelConfig } from "./config";
import type { Plan, PlannedOptions, PlanOptions } from "./network/network";
import { networkOf } from "./network/network-of";
import type { Parameters } from "./parameters/draw";
import type { PointHooks } from "./point/at";
import type { PointName } from "./point/point";

/** Settings of {@link forward}. */
export interface ForwardOptions {
  /** Work that is left out where the answers do not need it; all on by default. */
  shortcuts?: PlanOptions["shortcuts"];
  /** Chooses the dropout masks of a training step, an integer; absent for evaluation. */
  dropoutKey?: number;
  /**
   * What is done at points of the pass, by the names that {@link points} lists: each hook sees its
   * point's tensor and may replace it. No shortcuts are taken then.
   */
  at?: PointHooks<PointName>;
}

/**
 * A network's logits for a batch, on tfjs's tape where one is recording.
 *
 * @returns [size · answerPositions, classes] (an MLP: [size, classes]), all answers of an example together
 * @throws RangeError if the batch does not fit the network or a parameter is missing
 *
 * @example
 * const config = mlx(97);
 * const parameters = initialise(config, 0);
 * const batch = { tokens: Int32Array.of(3, 97, 5, 98), size: 1, length: 4, answerPositions: [3] };
 * forward(config, parameters, batch).print(); // [1, 99]
 *
 * @example
 * forward(config, parameters, batch, {
 *   at: {
 *     "layers.0.attention.pattern": (pattern) => pattern.print(), // [1, 4, 4, 4]: example, head, query, key
 *     "layers.1.feedForward.hidden": (hidden) => tf.zerosLike(hidden), // takes the neurons out
 *   },
 * });
 */
export function forward(
  config: ModelConfig,
  parameters: Parameters,
  batch: TokenBatch,
  { shortcuts, dropoutKey, at }: ForwardOptions = {},
): tf.Tensor2D {
  const network = networkOf(config);
  const plan = network.plan(batch, {
    shortcuts,
    dropout: dropoutKey !== undefined,
    points: at !== undefined,
  });
  try {
    return network.forward(parameters, plan, { dropoutKey, at: at as PointHooks });
  } finally {
    plan.dispose?.();
  }
}

/**
 * As {@link forward}, for a plan made before by `plan` with the same config.
 *
 * @throws RangeError if the plan is for a network of the other kind, or features are to be
 *   dropped out and the plan was not made for that
 */
export function forwardPlanned(
  config: ModelConfig,
  parameters: Parameters,
  plan: Plan,
  options: PlannedOptions = {},
): tf.Tensor2D {
  return networkOf(config).forward(parameters, plan, options);
}
