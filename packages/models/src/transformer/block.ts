import { add, embedding } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterScope } from "../parameters/scope";
import type { LayerPlan } from "../plan/layer";
import type { TransformerConfig } from "./config";
import { type FeedForwardOptions, feedForward } from "./feed-forward";
import type { IndexTensors } from "./index-tensors";
import { normalise } from "./normalise";
import { selfAttention } from "./self-attention";

/** What a block may be asked for beside its output. */
export interface BlockOptions extends FeedForwardOptions {
  /** Called with the attention weights, [rows, heads, depth]. */
  onAttention?: (weights: tf.Tensor) => void;
}

/**
 * One layer of a transformer: attention and feed-forward, each with its norm and residual.
 *
 * @param scope the layer's parameters
 * @param x [input rows, dModel]
 * @returns [plan.rows, dModel]
 */
export function block(
  config: TransformerConfig,
  scope: ParameterScope,
  x: tf.Tensor,
  plan: LayerPlan,
  index: IndexTensors,
  options: BlockOptions = {},
): tf.Tensor {
  const { position } = config.norm;
  const isPost = position === "post";
  const norm = (name: string, y: tf.Tensor) => normalise(config, scope.within(name), y);

  const attnIn = isPost ? x : norm("attentionNorm", x); // [inputs, dModel]
  const attnOut = selfAttention(
    config,
    scope.within("attention"),
    attnIn,
    plan,
    index,
    options.onAttention,
  ); // [rows, dModel]
  const stream = position === "stream" ? attnIn : x; // [inputs, dModel]
  const below =
    plan.residualRows === undefined ? stream : embedding(stream, index(plan.residualRows)); // [rows, dModel]
  let residual = add(below, attnOut); // [rows, dModel]
  if (isPost) residual = norm("attentionNorm", residual);

  const mlpIn = isPost ? residual : norm("feedForwardNorm", residual); // [rows, dModel]
  const mlpOut = feedForward(config, scope.within("feedForward"), mlpIn, options); // [rows, dModel]
  residual = add(residual, mlpOut);
  return isPost ? norm("feedForwardNorm", residual) : residual;
}
