import { checkSettings, count, nonNegative } from "../setting";
import type { Schedule } from "./schedule";

/** Settings of {@link linearWarmup}. */
export interface LinearWarmupOptions {
  /** Steps until the full rate; 0 for none. */
  steps: number;
  /**
   * What the first step is counted as: 0 (default), as mlx, optax and torch's LambdaLR count, gives
   * it the rate 0; 1, as JohanLi233/grokking counts, gives it 1/steps of the rate.
   */
  offset?: number;
}

/**
 * A learning rate that rises linearly to its full value and stays there:
 * factor(step) = min((step + offset) / steps, 1).
 *
 * @throws RangeError if `steps` is not a whole number from 0, or `offset` is negative
 */
export function linearWarmup({ steps, offset = 0 }: LinearWarmupOptions): Schedule {
  checkSettings("linearWarmup", { steps: [steps, count], offset: [offset, nonNegative] });
  return (step) => (steps === 0 ? 1 : Math.min((step + offset) / steps, 1));
}
