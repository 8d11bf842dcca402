import { type ActivationKind, linear } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterScope } from "../parameters/scope";

/**
 * A linear map with the scope's `weight` and, with `biased`, its `bias`, followed by an activation;
 * none by default.
 */
export function project(
  scope: ParameterScope,
  x: tf.Tensor,
  biased: boolean,
  activation: ActivationKind = "none",
): tf.Tensor {
  const bias = biased ? scope.parameter("bias") : undefined;
  return linear(x, scope.parameter("weight"), bias, { activation });
}
