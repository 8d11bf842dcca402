import * as tf from "@tensorflow/tfjs-core";
import type { Gradients, Parameters } from "./optimizer";

/**
 * Sees that a step's parameters, gradients and index belong together.
 *
 * @throws RangeError if a gradient is missing, has no parameter or another shape, or where the
 *   step is not a whole number from 0
 */
export function checkStep(
  parameters: Readonly<Parameters>,
  gradients: Gradients,
  step: number,
): void {
  if (!Number.isInteger(step) || step < 0) {
    throw new RangeError(`a step's index is a whole number from 0, not ${step}`);
  }
  for (const name in gradients) {
    if (parameters[name] === undefined) {
      throw new RangeError(`there is a gradient for ${name}, but no such parameter`);
    }
  }
  for (const name in parameters) {
    const parameter = parameters[name] as tf.Tensor;
    const gradient = gradients[name];
    if (gradient === undefined) {
      throw new RangeError(`parameter ${name} has no gradient; for no change, give it zeros`);
    }
    if (!tf.util.arraysEqual(gradient.shape, parameter.shape)) {
      throw new RangeError(
        `the gradient for ${name} has shape [${gradient.shape}]; the parameter's is [${parameter.shape}]`,
      );
    }
  }
}

/** A parameter's gradient, for steps that `checkStep` has seen. */
export function gradientOf(gradients: Gradients, name: string): tf.Tensor {
  return gradients[name] as tf.Tensor;
}
