import * as tf from "@tensorflow/tfjs-core";
import type { ModelConfig } from "./config";
import { forwardPlanned } from "./forward";
import type { Parameters } from "./parameters/initialise";
import type { Plan } from "./plan/plan";

/** What {@link hiddenActivations} gives. */
export interface HiddenActivations {
  /** [answers, neurons] */
  hidden: tf.Tensor2D;
  /** [answers, classes] */
  logits: tf.Tensor2D;
}

/**
 * A network's last hidden activations where its answers are read, with the logits that follow from
 * them: those of the last feed-forward's neurons in a transformer, of the last hidden layer in an
 * MLP. Both are on tfjs's tape where one is recording.
 *
 * @param plan made by `plan` for the same config
 * @throws RangeError for an MLP of one layer, which has no neurons, and as `forwardPlanned`
 */
export function hiddenActivations(
  config: ModelConfig,
  parameters: Parameters,
  plan: Plan,
): HiddenActivations {
  return tf.tidy(() => {
    let hidden: tf.Tensor | undefined;
    const logits = forwardPlanned(config, parameters, plan, {
      onHidden: (activations) => {
        hidden = tf.keep(tf.clone(activations));
      },
    });
    if (hidden === undefined) {
      throw new RangeError(
        "an MLP of one layer has no hidden activations: its depth must be 2 or more",
      );
    }
    return { hidden, logits } as unknown as tf.TensorContainer;
  }) as unknown as HiddenActivations;
}
