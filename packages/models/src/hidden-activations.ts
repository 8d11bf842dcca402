import * as tf from "@tensorflow/tfjs-core";
import type { ModelConfig } from "./config";
import type { Network, Plan } from "./network/network";
import { networkOf } from "./network/network-of";
import type { Parameters } from "./parameters/draw";

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
 * @param network a network, or the config of a built-in one
 * @param plan made by the same network
 * @throws RangeError for a network that has no hidden activations, such as an MLP of one layer
 */
export function hiddenActivations(
  network: ModelConfig | Network,
  parameters: Parameters,
  plan: Plan,
): HiddenActivations {
  const built = "forward" in network ? network : networkOf(network);
  return tf.tidy(() => {
    let hidden: tf.Tensor | undefined;
    const logits = built.forward(parameters, plan, {
      onHidden: (activations) => {
        hidden = tf.keep(tf.clone(activations));
      },
    });
    if (hidden === undefined) {
      throw new RangeError(`${built.anatomy.words} has no hidden activations`);
    }
    return { hidden, logits } as unknown as tf.TensorContainer;
  }) as unknown as HiddenActivations;
}
