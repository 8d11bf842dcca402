import { addScaled, lerpUpdate } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { GradientFilter } from "../optimizer";
import { checkSettings, decayRate, nonNegative } from "../setting";
import { stateName, stateTensor, zeroState } from "../state";

/** Settings of {@link grokfastEma}. */
export interface GrokfastEmaOptions {
  /** What the average keeps of itself per step; default .98 (authors' code). */
  alpha?: number;
  /** How much of the average is added; default 2 (authors' code). */
  lambda?: number;
  /** What the state's names begin with; default `grokfastEma`. */
  name?: string;
}

/**
 * Grokfast-EMA (Lee et al. 2024): amplifies what changes slowly in the gradients.
 *
 *     h ← α·h + (1 − α)·g
 *     g ← g + λ·h
 *
 * h begins as the first step's gradient, as in the authors' code (github.com/ironjr/grokfast).
 *
 * State: `grokfastEma.h.PARAMETER`.
 *
 * @throws RangeError if α is not in [0, 1) or λ is negative
 */
export function grokfastEma({
  alpha = 0.98,
  lambda = 2,
  name: link = "grokfastEma",
}: GrokfastEmaOptions = {}): GradientFilter {
  checkSettings("grokfastEma", { alpha: [alpha, decayRate], lambda: [lambda, nonNegative] });
  return {
    initialise: (parameters) => zeroState(link, "h", parameters),
    apply: (gradients, _parameters, state, step) => {
      const names = Object.keys(gradients);
      const keys = names.map((name) => stateName(link, "h", name));
      const averages = lerpUpdate(
        names.map((name, i) => ({
          value: stateTensor(state, keys[i] as string),
          target: gradients[name] as tf.Tensor,
        })),
        { weight: step === 0 ? 1 : 1 - alpha },
      ).map(({ value }) => value);
      for (const [i, key] of keys.entries()) state[key] = averages[i] as tf.Tensor;
      const sums = addScaled(Object.values(gradients), averages, { factor: lambda });
      return Object.fromEntries(names.map((name, i) => [name, sums[i] as tf.Tensor]));
    },
  };
}
