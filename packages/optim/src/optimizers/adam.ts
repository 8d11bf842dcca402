import { adamUpdate } from "@grok/ops";
import type { Optimizer } from "../optimizer";
import { checkSettings, decayRate, nonNegative } from "../setting";
import { type CommonOptions, resolveOptions } from "./common-options";
import { momentOptimizer } from "./moment-optimizer";

/** Settings of {@link adam} and {@link adamW}. */
export interface AdamOptions extends CommonOptions {
  /** In [0, 1); default .9 (Kingma & Ba 2015). */
  beta1?: number;
  /** In [0, 1); default .999 (Kingma & Ba 2015). */
  beta2?: number;
  /** Default 1e-8 (Kingma & Ba 2015). */
  eps?: number;
  /**
   * Whether the moments are divided by 1 − βᵗ; default true. Without it, as in mlx 0.17.1, step t is
   * (1 − β1ᵗ)/√(1 − β2ᵗ) times as large.
   */
  biasCorrection?: boolean;
}

function make(kind: string, options: AdamOptions): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, eps = 1e-8, biasCorrection = true } = options;
  const common = resolveOptions(kind, options);
  checkSettings(kind, {
    beta1: [beta1, decayRate],
    beta2: [beta2, decayRate],
    eps: [eps, nonNegative],
  });
  return momentOptimizer(common, ["m", "v"], (slots, { step, ...settings }) =>
    adamUpdate(slots, {
      ...settings,
      beta1,
      beta2,
      eps,
      correction1: biasCorrection ? 1 - beta1 ** (step + 1) : 1,
      correction2: biasCorrection ? 1 - beta2 ** (step + 1) : 1,
    }),
  );
}

/**
 * Adam (Kingma & Ba 2015). torch's `weight_decay` for it is the filter `l2`; given a `weightDecay`
 * here, this is {@link adamW} under another name.
 *
 *     m ← β1·m + (1 − β1)·g
 *     v ← β2·v + (1 − β2)·g²
 *     w ← w − lr·m̂/(√v̂ + eps),   m̂ = m/(1 − β1ᵗ), v̂ = v/(1 − β2ᵗ), t = step + 1
 *
 * State: `adam.m.PARAMETER`, `adam.v.PARAMETER`.
 *
 * @throws RangeError if a setting is out of range
 */
export function adam(options: AdamOptions): Optimizer {
  return make("adam", options);
}

/**
 * AdamW (Loshchilov & Hutter 2019) in torch.optim's form: before {@link adam}'s step,
 * w ← w·(1 − lr·λ), or with `decayTo: "initial"` w ← w + lr·λ·(w₀ − w). The default of λ, the
 * `weightDecay`, is .01 (torch).
 *
 * State: `adamW.m.PARAMETER`, `adamW.v.PARAMETER`, and `adamW.initial.PARAMETER` with decay to the
 * initial weights.
 *
 * @throws RangeError if a setting is out of range
 *
 * @example
 * adamW({ learningRate: 1e-3, beta2: 0.98, weightDecay: 1, schedule: linearWarmup({ steps: 10 }) });
 */
export function adamW(options: AdamOptions): Optimizer {
  const { weightDecay = 0.01 } = options;
  return make("adamW", { ...options, weightDecay });
}
