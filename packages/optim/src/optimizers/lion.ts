import { lionUpdate } from "@grok/ops";
import type { Optimizer } from "../optimizer";
import { checkSettings, decayRate } from "../setting";
import { type CommonOptions, resolveOptions } from "./common-options";
import { momentOptimizer } from "./moment-optimizer";

/** Settings of {@link lion}. */
export interface LionOptions extends CommonOptions {
  /** In [0, 1); default .9 (Chen et al. 2023). */
  beta1?: number;
  /** In [0, 1); default .99 (Chen et al. 2023). */
  beta2?: number;
}

/**
 * Lion (Chen et al. 2023): steps of one size in every element.
 *
 *     w ← w·(1 − lr·λ) − lr·sign(β1·m + (1 − β1)·g)
 *     m ← β2·m + (1 − β2)·g
 *
 * Its authors advise a learning rate 3 to 10 times smaller, and a weight decay as many times
 * larger, than for AdamW.
 *
 * State: `lion.m.PARAMETER`.
 *
 * @throws RangeError if a setting is out of range
 */
export function lion(options: LionOptions): Optimizer {
  const { beta1 = 0.9, beta2 = 0.99 } = options;
  const common = resolveOptions("lion", options);
  checkSettings("lion", { beta1: [beta1, decayRate], beta2: [beta2, decayRate] });
  return momentOptimizer(common, ["m"], (slots, { learningRate, weightDecay }) =>
    lionUpdate(slots, { learningRate, weightDecay, beta1, beta2 }),
  );
}
