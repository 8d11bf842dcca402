import { layerNorm, rmsNorm } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterScope } from "../parameters/scope";
import type { TransformerConfig } from "./config";

/** The network's norm with the parameters `gain` and `bias` of a scope; the identity if it has none. */
export function normalise(
  { norm }: TransformerConfig,
  scope: ParameterScope,
  x: tf.Tensor,
): tf.Tensor {
  switch (norm.kind) {
    case "none":
      return x;
    case "rms":
      return rmsNorm(x, scope.parameter("gain"), { eps: norm.eps });
    case "layer": {
      const bias = norm.bias ? scope.parameter("bias") : undefined;
      return layerNorm(x, scope.parameter("gain"), bias, { eps: norm.eps });
    }
  }
}
