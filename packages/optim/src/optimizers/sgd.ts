import { sgdUpdate } from "@grok/ops";
import type { Optimizer } from "../optimizer";
import { checkSettings, decayRate, share } from "../setting";
import { type CommonOptions, resolveOptions } from "./common-options";
import { momentOptimizer } from "./moment-optimizer";

/** Settings of {@link sgd}. */
export interface SgdOptions extends CommonOptions {
  /** μ in [0, 1); default 0 (torch). */
  momentum?: number;
  /** τ in [0, 1], the share of each gradient but the first that is left out; default 0 (torch). */
  dampening?: number;
  /** Default false (torch). */
  nesterov?: boolean;
}

/**
 * Stochastic gradient descent with momentum, as torch.optim.SGD (Sutskever et al. 2013):
 *
 *     velocity ← μ·velocity + (1 − τ)·g,   the first one g
 *     w        ← w·(1 − lr·λ) − lr·(nesterov ? g + μ·velocity : velocity)
 *
 * Unlike there, `weightDecay` λ is decoupled; torch's is the filter `l2`.
 *
 * State: `sgd.velocity.PARAMETER`.
 *
 * @throws RangeError if a setting is out of range
 */
export function sgd(options: SgdOptions): Optimizer {
  const { momentum = 0, dampening = 0, nesterov = false } = options;
  const common = resolveOptions("sgd", options);
  checkSettings("sgd", { momentum: [momentum, decayRate], dampening: [dampening, share] });
  return momentOptimizer(common, ["velocity"], (slots, { step, ...settings }) =>
    sgdUpdate(slots, { ...settings, momentum, dampening: step === 0 ? 0 : dampening, nesterov }),
  );
}
