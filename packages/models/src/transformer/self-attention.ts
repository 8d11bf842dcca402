import { add, attention, embedding, scale } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterScope } from "../parameters/scope";
import type { LayerPlan } from "../plan/layer";
import type { PointRows } from "../point/rows";
import type { TransformerConfig } from "./config";
import { explicitAttention } from "./explicit-attention";
import type { IndexTensors } from "./index-tensors";
import { project } from "./project";

/**
 * Multi-head attention of a layer's queries to its input rows, with the scope's `query`, `key`,
 * `value` and `output`.
 *
 * @param x [input rows, dModel]
 * @param points shows what the points of the attention hold
 * @returns [plan.rows, dModel]
 */
export function selfAttention(
  { heads, positions, biases, attentionRate = 1 }: TransformerConfig,
  scope: ParameterScope,
  x: tf.Tensor,
  plan: LayerPlan,
  index: IndexTensors,
  points: PointRows,
): tf.Tensor {
  const biased = biases.attention;
  const queryInput = plan.queryRows === undefined ? x : embedding(x, index(plan.queryRows)); // [queries, dModel]
  const byHead = (name: string, y: tf.Tensor) =>
    points.pass(name, y, [heads, (y.shape[1] as number) / heads]);
  const q = byHead("query", project(scope.within("query"), queryInput, biased)); // [queries, heads · headWidth]
  const k = byHead("key", project(scope.within("key"), x, biased)); // [inputs, heads · headWidth]
  const v = byHead("value", project(scope.within("value"), x, biased)); // [inputs, heads · headWidth]
  const queries = index(plan.queries, 3); // [rows, 3]
  const keyRows = index(plan.keyRows, plan.depth); // [sequences, depth]
  const options = { heads, rotaryBase: positions.kind === "rotary" ? positions.base : undefined };
  /** A part by softmax, and one by queries of zeros, to which all keys are alike. */
  const mix = (attend: (q: tf.Tensor) => tf.Tensor): tf.Tensor => {
    if (attentionRate === 1) return attend(q);
    const even = scale(attend(scale(q, 0)), 1 - attentionRate);
    return attentionRate === 0 ? even : add(scale(attend(q), attentionRate), even);
  };
  const z =
    points.wants("scores") || points.wants("pattern")
      ? explicitAttention([q, k, v], { ...options, rate: attentionRate }, points)
      : mix((y) => attention(y, k, v, queries, keyRows, options)); // [rows, heads · headWidth]
  return points.pass("output", project(scope.within("output"), byHead("z", z), biased));
}
