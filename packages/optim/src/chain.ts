import * as tf from "@tensorflow/tfjs-core";
import { checkStep } from "./gradients";
import type { GradientFilter, Optimizer, OptimizerState } from "./optimizer";
import { disposeState } from "./state";

/**
 * An optimizer that sees the gradients through filters, the first filter first.
 *
 * @param links any number of filters, then an optimizer, which may itself be a chain
 * @throws TypeError if the last link is no optimizer or another one is no filter; `initialise`
 *   throws a RangeError if two links keep state under the same name
 *
 * @example
 * chain(clip({ maxNorm: 1 }), grokfastEma(), adamW({ learningRate: 1e-3, weightDecay: 1 }));
 */
export function chain(...links: [...GradientFilter[], Optimizer]): Optimizer {
  const filters = links.slice(0, -1) as GradientFilter[];
  const optimizer = links.at(-1) as Optimizer;
  if (typeof optimizer?.step !== "function") {
    throw new TypeError("chain: the last link must be an optimizer");
  }
  if (!filters.every((filter) => typeof filter.apply === "function")) {
    throw new TypeError("chain: every link before the last must be a gradient filter");
  }
  return {
    initialise: (parameters) => {
      const state: OptimizerState = {};
      for (const link of links) {
        const part = link.initialise(parameters);
        const clash = Object.keys(part).find((name) => name in state);
        if (clash !== undefined) {
          disposeState(state);
          disposeState(part);
          throw new RangeError(
            `chain: two links keep ${clash}; give one of them another name, as in grokfastEma({ name: "slow" })`,
          );
        }
        Object.assign(state, part);
      }
      return state;
    },
    step: (parameters, gradients, state, step) => {
      checkStep(parameters, gradients, step);
      tf.tidy(() => {
        let filtered = gradients;
        for (const filter of filters) filtered = filter.apply(filtered, parameters, state, step);
        optimizer.step(parameters, filtered, state, step);
      });
    },
  };
}
