import type * as tf from "@tensorflow/tfjs-core";
import type { GradientFilter } from "../optimizer";
import { newtonSchulz, settling } from "../optimizers/newton-schulz";
import { checkSettings, countFromOne } from "../setting";

/** Settings of {@link egalitarian}. */
export interface EgalitarianOptions {
  /**
   * Newton–Schulz steps, each of three products; default 20, after which a singular value that began
   * at 10⁻⁵ of the gradient's length is 1 to 10⁻³ (ours: the paper decomposes exactly).
   */
  steps?: number;
}

/**
 * Egalitarian gradient descent (Pasand & Dohmatob 2025): each matrix's gradient G becomes
 * (G·Gᵀ)^−½·G, which moves along all its principal directions at one speed. Directions in which the
 * gradient is 0 stay so; gradients that are no matrices are left as they are.
 *
 * With G = U·S·Vᵀ that is U·Vᵀ, here by Newton–Schulz iteration.
 *
 * @throws RangeError if `steps` is no whole number from 1
 */
export function egalitarian({ steps = 20 }: EgalitarianOptions = {}): GradientFilter {
  checkSettings("egalitarian", { steps: [steps, countFromOne] });
  return {
    initialise: () => ({}),
    apply: (gradients) =>
      Object.fromEntries(
        Object.entries(gradients).map(([name, gradient]) => [
          name,
          gradient.rank === 2
            ? newtonSchulz(gradient as tf.Tensor2D, steps, settling)
            : gradient.clone(),
        ]),
      ),
  };
}
