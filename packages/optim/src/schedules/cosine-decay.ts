import { checkSettings, count, countFromOne, nonNegative, share } from "../setting";
import type { Schedule } from "./schedule";

/** Settings of {@link cosineDecay}. */
export interface CosineDecayOptions {
  /** The step at which the final rate is reached, warm-up included. */
  totalSteps: number;
  /** Steps of linear warm-up from 0; default 0. */
  warmupSteps?: number;
  /** The final rate as a share of the full one; default 0. */
  final?: number;
  /** What the first step is counted as; default 0, as in optax. */
  offset?: number;
}

/**
 * A linear warm-up, then half a cosine down to a final rate, which stays (Loshchilov & Hutter 2017
 * without restarts; optax's `warmup_cosine_decay_schedule`). With t = step + offset:
 *
 *     t < warmupSteps:  t / warmupSteps
 *     t < totalSteps:   final + (1 − final)·½·(1 + cos(π·(t − warmupSteps) / (totalSteps − warmupSteps)))
 *     then:             final
 *
 * @throws RangeError if a setting is out of range, or the warm-up longer than the whole
 *
 * @example
 * cosineDecay({ warmupSteps: 1350, totalSteps: 27_000, final: 0.1 }); // ten-digit addition
 */
export function cosineDecay({
  totalSteps,
  warmupSteps = 0,
  final = 0,
  offset = 0,
}: CosineDecayOptions): Schedule {
  checkSettings("cosineDecay", {
    totalSteps: [totalSteps, countFromOne],
    warmupSteps: [warmupSteps, count],
    final: [final, share],
    offset: [offset, nonNegative],
  });
  if (warmupSteps > totalSteps) {
    throw new RangeError(
      `cosineDecay: warmupSteps (${warmupSteps}) must not exceed totalSteps (${totalSteps})`,
    );
  }
  return (step) => {
    const t = step + offset;
    if (t < warmupSteps) return t / warmupSteps;
    if (t >= totalSteps) return final;
    const turn = Math.PI * ((t - warmupSteps) / (totalSteps - warmupSteps));
    return final + ((1 - final) / 2) * (1 + Math.cos(turn));
  };
}
