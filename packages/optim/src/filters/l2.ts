import { addScaled } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { GradientFilter } from "../optimizer";
import { checkSettings, nonNegative } from "../setting";

/** Settings of {@link l2}. */
export interface L2Options {
  /** λ of the penalty (λ/2)·Σw². */
  rate: number;
}

/**
 * Weight decay as a penalty in the loss: g ← g + rate·w. It is what `weight_decay` means in
 * torch.optim's SGD and Adam, there after all other changes of the gradient: put it last.
 *
 * @throws RangeError if `rate` is negative
 */
export function l2({ rate }: L2Options): GradientFilter {
  checkSettings("l2", { rate: [rate, nonNegative] });
  return {
    initialise: () => ({}),
    apply: (gradients, parameters) => {
      const names = Object.keys(gradients);
      const sums = addScaled(
        Object.values(gradients),
        names.map((name) => parameters[name] as tf.Tensor),
        { factor: rate },
      );
      return Object.fromEntries(names.map((name, i) => [name, sums[i] as tf.Tensor]));
    },
  };
}
