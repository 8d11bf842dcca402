import { activate, dropout, swiglu } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterScope } from "../parameters/scope";
import { PointRows } from "../point/rows";
import type { TransformerConfig } from "./config";
import { project } from "./project";

/** What {@link feedForward} may be asked for beside its output. */
export interface FeedForwardOptions {
  /** Key of the dropout mask; without one nothing is dropped. */
  dropoutKey?: number;
  /** Shows what the points of the feed-forward hold; by default nobody looks. */
  points?: PointRows;
}

/**
 * The MLP of a block, with the scope's `in`, `out` and, in a gated one, `gate`.
 *
 * @param x [rows, dModel]
 * @returns [rows, dModel]
 */
export function feedForward(
  { feedForward: { activation, gated }, biases, dropout: rate }: TransformerConfig,
  scope: ParameterScope,
  x: tf.Tensor,
  { dropoutKey, points = PointRows.none }: FeedForwardOptions = {},
): tf.Tensor {
  const biased = biases.feedForward;
  const mapped = (name: string) => points.pass(name, project(scope.within(name), x, biased)); // [rows, hidden]
  const activated = (): tf.Tensor => {
    if (gated) return swiglu(mapped("gate"), mapped("in"));
    // A fused product does not show what it is before its activation.
    if (points.wants("in")) return activate(mapped("in"), activation);
    return project(scope.within("in"), x, biased, activation);
  };
  const hidden = points.pass("hidden", activated()); // [rows, hidden]
  const isDropped = dropoutKey !== undefined && rate > 0;
  const kept = isDropped ? dropout(hidden, { rate, key: dropoutKey }) : hidden; // [rows, hidden]
  return points.pass("out", project(scope.within("out"), kept, biased));
}
