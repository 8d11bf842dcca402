import type * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "./draw";

/**
 * A parameter by name.
 *
 * @throws RangeError if there is none
 */
export function parameter(parameters: Parameters, name: string): tf.Tensor {
  const tensor = parameters[name];
  if (tensor === undefined) throw new RangeError(`the network's parameters lack ${name}`);
  return tensor;
}
