import type * as tf from "@tensorflow/tfjs-core";
import type { GradientFilter } from "../optimizer";

/**
 * A gradient filter that sees only some parameters: the gradients of the others stay as they are.
 *
 * @param isSpared whether the filter leaves the parameter of a name alone
 *
 * @example
 * sparing(egalitarian(), (name) => name === "layers.1.weight");
 */
export function sparing(
  filter: GradientFilter,
  isSpared: (name: string) => boolean,
): GradientFilter {
  const partOf = <T>(record: Readonly<Record<string, T>>, spared: boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => isSpared(name) === spared));
  return {
    initialise: (parameters) => filter.initialise(partOf(parameters, false)),
    apply: (gradients, parameters, state, step) => ({
      ...filter.apply(partOf(gradients, false), partOf(parameters, false), state, step),
      ...Object.fromEntries(
        Object.entries(partOf<tf.Tensor>(gradients, true)).map(([name, gradient]) => [
          name,
          gradient.clone(),
        ]),
      ),
    }),
  };
}
