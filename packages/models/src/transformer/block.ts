import { add, embedding } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterScope } from "../parameters/scope";
import type { LayerPlan } from "../plan/layer";
import { PointRows } from "../point/rows";
import type { TransformerConfig } from "./config";
import { feedForward } from "./feed-forward";
import type { IndexTensors } from "./index-tensors";
import { normalise } from "./normalise";
import { selfAttention } from "./self-attention";

/** What a block may be asked for beside its output. */
export interface BlockOptions {
  /** Key of the dropout mask; without one nothing is dropped. */
  dropoutKey?: number;
  /** Shows what the points of the layer hold; by default nobody looks. */
  points?: PointRows;
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
  { dropoutKey, points = PointRows.none }: BlockOptions = {},
): tf.Tensor {
  const { position } = config.norm;
  const isPost = position === "post";
  const norm = (name: string, y: tf.Tensor) =>
    normalise(config, scope.within(name), y, points.within(name));

  const stream = points.pass("residual.pre", x); // [inputs, dModel]
  const attnRead = points.pass("attention.input", stream); // [inputs, dModel]
  const attnIn = isPost ? attnRead : norm("attentionNorm", attnRead); // [inputs, dModel]
  const attnOut = selfAttention(
    config,
    scope.within("attention"),
    attnIn,
    plan,
    index,
    points.within("attention"),
  ); // [rows, dModel]
  const kept = position === "stream" ? attnIn : stream; // [inputs, dModel]
  const below = plan.residualRows === undefined ? kept : embedding(kept, index(plan.residualRows)); // [rows, dModel]
  let residual = add(below, attnOut); // [rows, dModel]
  if (isPost) residual = norm("attentionNorm", residual);
  residual = points.pass("residual.mid", residual);

  const mlpRead = points.pass("feedForward.input", residual); // [rows, dModel]
  const mlpIn = isPost ? mlpRead : norm("feedForwardNorm", mlpRead); // [rows, dModel]
  const mlpOut = feedForward(config, scope.within("feedForward"), mlpIn, {
    dropoutKey,
    points: points.within("feedForward"),
  }); // [rows, dModel]
  residual = add(residual, mlpOut);
  if (isPost) residual = norm("feedForwardNorm", residual);
  return points.pass("residual.post", residual);
}
