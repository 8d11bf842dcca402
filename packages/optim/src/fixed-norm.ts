import { globalNorm } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer } from "./optimizer";
import { checkSettings, positive } from "./setting";
import { disposeState, stateTensor } from "./state";

/** Settings of {@link fixedNorm}. */
export interface FixedNormOptions {
  /** The norm to keep, or `initial` for the one that training begins with (default). */
  norm?: number | "initial";
  /** What the state's name begins with; default `fixedNorm`. */
  name?: string;
}

/**
 * Training on a sphere (Liu et al. 2022, "Omnigrok"): after each step of an optimizer all parameters
 * are scaled by the same factor, such that their norm as one vector is what it was.
 *
 *     w ← w·c/‖w‖,  ‖w‖ = √Σw² over all parameters
 *
 * With `initial`, c is the norm of the first weights, as in the authors' code. With a number the
 * first step brings the weights to it.
 *
 * State: that of the optimizer, and the scalar `fixedNorm.norm`.
 *
 * Weights that are all zero have no direction and become NaN.
 *
 * @throws RangeError if the norm is no positive number; `initialise` throws it where the optimizer
 *   keeps state under the same name
 *
 * @example
 * fixedNorm(adamW({ learningRate: 1e-3, weightDecay: 0 }));
 */
export function fixedNorm(
  optimizer: Optimizer,
  { norm = "initial", name = "fixedNorm" }: FixedNormOptions = {},
): Optimizer {
  if (norm !== "initial") checkSettings("fixedNorm", { norm: [norm, positive] });
  const key = `${name}.norm`;
  return {
    initialise: (parameters) => {
      const state = optimizer.initialise(parameters);
      if (key in state) {
        disposeState(state);
        throw new RangeError(
          `fixedNorm: the optimizer keeps ${key} too; give one of them another name`,
        );
      }
      const first = norm === "initial" ? globalNorm(Object.values(parameters)) : tf.scalar(norm);
      return { ...state, [key]: tf.keep(first) };
    },
    step: (parameters, gradients, state, step) => {
      const target = stateTensor(state, key); // []
      optimizer.step(parameters, gradients, state, step);
      const names = Object.keys(parameters);
      const scaled = tf.tidy(() => {
        const tensors = names.map((each) => parameters[each] as tf.Tensor);
        const factor = tf.div(target, globalNorm(tensors)); // []
        return tensors.map((tensor) => tf.keep(tf.mul(tensor, factor)));
      });
      for (const [i, each] of names.entries()) {
        parameters[each]?.dispose();
        parameters[each] = scaled[i] as tf.Tensor;
      }
    },
  };
}
