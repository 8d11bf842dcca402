import { constant } from "../schedules/constant";
import type { Schedule } from "../schedules/schedule";
import { checkSettings, nonNegative } from "../setting";

/** Where weight decay pulls to: zero, or the weights that training began with. */
export const decayTargets = ["zero", "initial"] as const;

/** See {@link decayTargets}. */
export type DecayTarget = (typeof decayTargets)[number];

/** Settings that all optimizers share. */
export interface CommonOptions {
  /** The full learning rate. */
  learningRate: number;
  /** The share of it at each step; default {@link constant}. */
  schedule?: Schedule;
  /**
   * Decoupled weight decay λ: before each step's change the weights go the share learningRate·λ of
   * the way to the decay's target. Default 0.
   */
  weightDecay?: number;
  /**
   * Default `zero`; `initial` is openai/grok's `to_init` and keeps a copy of the first weights.
   */
  decayTo?: DecayTarget;
  /** What the state's names begin with; default the optimizer's name. */
  name?: string;
}

/** {@link CommonOptions} with nothing left open. */
export type ResolvedOptions = Required<CommonOptions>;

/**
 * Fills in the defaults of the shared settings.
 *
 * @throws RangeError if the learning rate or the weight decay is negative, or the decay's target
 *   unknown
 */
export function resolveOptions(optimizer: string, options: CommonOptions): ResolvedOptions {
  const {
    learningRate,
    schedule = constant(),
    weightDecay = 0,
    decayTo = "zero",
    name = optimizer,
  } = options;
  checkSettings(optimizer, {
    learningRate: [learningRate, nonNegative],
    weightDecay: [weightDecay, nonNegative],
  });
  if (!decayTargets.includes(decayTo)) {
    throw new RangeError(
      `${optimizer}: decayTo must be ${decayTargets.join(" or ")}, not ${String(decayTo)}`,
    );
  }
  return { learningRate, schedule, weightDecay, decayTo, name };
}
