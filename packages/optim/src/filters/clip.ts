import { clipByGlobalNorm } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { GradientFilter } from "../optimizer";
import { checkSettings, positive } from "../setting";

/** Settings of {@link clip}. */
export interface ClipOptions {
  /** The largest norm that all gradients together may have. */
  maxNorm: number;
}

/**
 * Clipping by the global norm (Pascanu et al. 2013): all gradients are scaled by
 * min(1, maxNorm/‖g‖), ‖g‖ being their norm as one vector.
 *
 * @throws RangeError if `maxNorm` is not positive
 */
export function clip({ maxNorm }: ClipOptions): GradientFilter {
  checkSettings("clip", { maxNorm: [maxNorm, positive] });
  return {
    initialise: () => ({}),
    apply: (gradients) => {
      const clipped = clipByGlobalNorm(Object.values(gradients), { maxNorm });
      return Object.fromEntries(
        Object.keys(gradients).map((name, i) => [name, clipped[i] as tf.Tensor]),
      );
    },
  };
}
