import type { Slots } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import { checkStep, gradientOf } from "../gradients";
import type { Optimizer } from "../optimizer";
import { stateName, stateTensor, zeroState } from "../state";
import type { ResolvedOptions } from "./common-options";
import { decayToInitial, initialState } from "./decay-to-initial";

/** What an update is told of the step that it makes. */
export interface StepSettings {
  /** The learning rate of this step. */
  learningRate: number;
  /** Decay that the update has to do itself. */
  weightDecay: number;
  /** Counted from 0. */
  step: number;
}

/**
 * An optimizer that is one update of @grok/ops: per parameter it keeps the update's moments, zero
 * at first, as `NAME.MOMENT.PARAMETER`, and with decay to the initial weights `NAME.initial.PARAMETER`.
 *
 * @param moments the update's roles besides parameter and gradient
 * @param update makes one step
 */
export function momentOptimizer<Moment extends string>(
  { learningRate, schedule, weightDecay, decayTo, name: link }: ResolvedOptions,
  moments: readonly Moment[],
  update: (
    slots: Slots<"parameter" | "gradient" | Moment>[],
    settings: StepSettings,
  ) => Slots<"parameter" | "gradient" | Moment>[],
): Optimizer {
  const toInitial = decayTo === "initial" && weightDecay > 0;
  return {
    initialise: (parameters) =>
      Object.assign(
        {},
        ...moments.map((moment) => zeroState(link, moment, parameters)),
        toInitial ? initialState(link, parameters) : {},
      ),
    step: (parameters, gradients, state, step) => {
      checkStep(parameters, gradients, step);
      const names = Object.keys(parameters);
      // Looked up before anything changes, so that a step that cannot be made changes nothing.
      const stateNames = names.map((name) =>
        moments.map((moment) => stateName(link, moment, name)),
      );
      const momentSlots = stateNames.map((ofParameter) => {
        const slots: Record<string, tf.Tensor> = {};
        for (const [i, name] of ofParameter.entries()) {
          slots[moments[i] as Moment] = stateTensor(state, name);
        }
        return slots;
      });
      const rate = learningRate * schedule(step);
      if (toInitial) decayToInitial(link, parameters, state, rate * weightDecay);
      const updated = update(
        names.map(
          (name, i) =>
            ({
              parameter: parameters[name] as tf.Tensor,
              gradient: gradientOf(gradients, name),
              ...momentSlots[i],
            }) as Slots<"parameter" | "gradient" | Moment>,
        ),
        { learningRate: rate, weightDecay: toInitial ? 0 : weightDecay, step },
      );
      for (const [i, name] of names.entries()) {
        const slots = updated[i] as Slots<"parameter" | "gradient" | Moment>;
        parameters[name] = slots.parameter;
        for (const [j, moment] of moments.entries()) {
          state[stateNames[i]?.[j] as string] = slots[moment];
        }
      }
    },
  };
}
