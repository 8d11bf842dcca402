import { layerNorm, rmsNorm } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterScope } from "../parameters/scope";
import type { PointRows } from "../point/rows";
import type { TransformerConfig } from "./config";

/** The network's norm with the parameters `gain` and `bias` of a scope; the identity if it has none. */
export function normalise(
  { norm }: TransformerConfig,
  scope: ParameterScope,
  x: tf.Tensor,
  points: PointRows,
): tf.Tensor {
  if (norm.kind === "none") return x;
  const input = points.pass("input", x); // [rows, dModel]
  const gain = scope.parameter("gain");
  const options = { eps: norm.eps };
  if (norm.kind === "rms") return points.pass("output", rmsNorm(input, gain, options));
  const bias = norm.bias ? scope.parameter("bias") : undefined;
  return points.pass("output", layerNorm(input, gain, bias, options));
}
