import type * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "./draw";
import { parameter } from "./parameter";

/** A part's parameters, by their names within it: `weight` of `layers.0.attention.query`. */
export interface ParameterScope {
  /**
   * A parameter of the part.
   *
   * @throws RangeError if there is none
   */
  parameter(name: string): tf.Tensor;
  /** The parameters of a part of the part. */
  within(part: string): ParameterScope;
}

/** The parameters whose names begin with `prefix` and a dot. */
export function scopeOf(parameters: Parameters, prefix: string): ParameterScope {
  return {
    parameter: (name) => parameter(parameters, `${prefix}.${name}`),
    within: (part) => scopeOf(parameters, `${prefix}.${part}`),
  };
}
