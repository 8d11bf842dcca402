import * as tf from "@tensorflow/tfjs-core";
import type { GradientFilter, OptimizerState } from "../optimizer";
import { checkSettings, countFromOne, nonNegative } from "../setting";
import { copy, replace, stateName, stateTensor, zeroState } from "../state";

/** Settings of {@link grokfastMa}. */
export interface GrokfastMaOptions {
  /** How many gradients are averaged; default 100 (authors' code). */
  window?: number;
  /** How much of the average is added; default 5 (authors' code). */
  lambda?: number;
  /** What the state's names begin with; default `grokfastMa`. */
  name?: string;
}

/**
 * Grokfast-MA (Lee et al. 2024): once there have been `window` gradients,
 *
 *     g ← g + λ·(mean of the last `window` gradients, this one included)
 *
 * and before that g as it is (the authors' warm-up).
 *
 * The window's sum is never updated by subtraction, which would leave the rounding of large early
 * gradients in it for ever. Steps come in blocks of `window`. Over a block, `sum` gathers its
 * gradients, and slot k takes its k-th. At its end each slot becomes the sum of itself and all
 * later ones, so that in the next block the part of the window that lies in the old block is one
 * slot. That is three additions per step on average instead of `window`.
 *
 * State: `grokfastMa.sum.PARAMETER` and `grokfastMa.window.SLOT.PARAMETER`, `window` times the
 * parameters' memory.
 *
 * @throws RangeError if the window is not a whole number from 1 or λ is negative
 */
export function grokfastMa({
  window = 100,
  lambda = 5,
  name: link = "grokfastMa",
}: GrokfastMaOptions = {}): GradientFilter {
  checkSettings("grokfastMa", { window: [window, countFromOne], lambda: [lambda, nonNegative] });
  const slotName = (slot: number, name: string) => stateName(link, `window.${slot}`, name);

  function startBlock(state: OptimizerState, name: string): void {
    for (let slot = window - 2; slot >= 0; slot--) {
      const later = stateTensor(state, slotName(slot + 1, name));
      const own = stateTensor(state, slotName(slot, name));
      replace(state, slotName(slot, name), tf.add(own, later));
    }
    const sum = stateName(link, "sum", name);
    replace(state, sum, tf.zerosLike(stateTensor(state, sum)));
  }

  function filter(state: OptimizerState, name: string, gradient: tf.Tensor, step: number) {
    const slot = step % window;
    if (slot === 0 && step > 0) startBlock(state, name);
    const sumName = stateName(link, "sum", name);
    replace(state, sumName, tf.add(stateTensor(state, sumName), gradient));
    replace(state, slotName(slot, name), copy(gradient));
    if (step < window - 1) return gradient;
    const sum = stateTensor(state, sumName);
    const total =
      slot + 1 < window ? tf.add(sum, stateTensor(state, slotName(slot + 1, name))) : sum;
    return tf.add(gradient, tf.mul(total, lambda / window));
  }

  return {
    initialise: (parameters) => {
      const state = zeroState(link, "sum", parameters);
      for (let slot = 0; slot < window; slot++) {
        Object.assign(state, zeroState(link, `window.${slot}`, parameters));
      }
      return state;
    },
    apply: (gradients, _parameters, state, step) =>
      Object.fromEntries(
        Object.entries(gradients).map(([name, gradient]) => [
          name,
          filter(state, name, gradient, step),
        ]),
      ),
  };
}
