import { scale } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "./batch";
import type { ModelConfig } from "./config";
import { mlpLogits } from "./mlp/logits";
import type { Parameters } from "./parameters/initialise";
import { type Plan, plan } from "./plan/plan";
import type { Shortcuts } from "./plan/shortcuts";
import { transformerLogits } from "./transformer/logits";

/** Settings of {@link forward}. */
export interface ForwardOptions {
  /** Work that is left out where the answers do not need it; all on by default. */
  shortcuts?: Partial<Shortcuts>;
  /** Chooses the dropout masks of a training step, an integer; absent for evaluation. */
  dropoutKey?: number;
}

/**
 * A network's logits for a batch, on tfjs's tape where one is recording.
 *
 * @returns [size · reads, classes] (an MLP: [size, classes]), all answers of an example together
 * @throws RangeError where the batch does not fit the network or a parameter is missing
 *
 * @example
 * const config = mlx(97);
 * const parameters = initialise(config, 0);
 * const batch = { tokens: Int32Array.of(3, 97, 5, 98), size: 1, length: 4, reads: [3] };
 * forward(config, parameters, batch).print(); // [1, 99]
 */
export function forward(
  config: ModelConfig,
  parameters: Parameters,
  batch: TokenBatch,
  { shortcuts, dropoutKey }: ForwardOptions = {},
): tf.Tensor2D {
  const dropout = dropoutKey !== undefined;
  return forwardPlanned(config, parameters, plan(config, batch, { shortcuts, dropout }), {
    dropoutKey,
  });
}

/** Settings of {@link forwardPlanned}. */
export interface PlannedOptions extends Pick<ForwardOptions, "dropoutKey"> {
  /**
   * Called with the last hidden activations where answers are read: those of the last feed-forward's
   * neurons (with SwiGLU, its product) or of an MLP's last hidden layer, [answers, neurons]. They do
   * not outlive the call.
   */
  onHidden?: (activations: tf.Tensor) => void;
}

/**
 * As {@link forward}, for a plan made before by `plan` with the same config.
 *
 * @throws RangeError where the plan is for a network of the other kind, or features are to be
 *   dropped out and the plan was not made for that
 */
export function forwardPlanned(
  config: ModelConfig,
  parameters: Parameters,
  plan: Plan,
  { dropoutKey, onHidden }: PlannedOptions = {},
): tf.Tensor2D {
  const { outputScale = 1 } = config;
  const scaled = (logits: tf.Tensor) => (outputScale === 1 ? logits : scale(logits, outputScale));
  return tf.tidy(() => {
    if (config.kind === "mlp" && plan.kind === "mlp") {
      return scaled(mlpLogits(config, parameters, plan, { onHidden }));
    }
    if (config.kind === "transformer" && plan.kind === "transformer") {
      if (dropoutKey !== undefined && config.dropout > 0 && !plan.separate) {
        throw new RangeError(
          "this plan shares prefixes, which dropout would drop out alike: make it with { dropout: true }",
        );
      }
      return scaled(transformerLogits(config, parameters, plan, { dropoutKey, onHidden }));
    }
    throw new RangeError(`a plan for a network of kind ${plan.kind} cannot run a ${config.kind}`);
  }) as tf.Tensor2D;
}
