import { dropout, swiglu } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterScope } from "../parameters/scope";
import type { TransformerConfig } from "./config";
import { project } from "./project";

/** What {@link feedForward} may be asked for beside its output. */
export interface FeedForwardOptions {
  /** Key of the dropout mask; without one nothing is dropped. */
  dropoutKey?: number;
  /** Called with the activations, [rows, hidden]. */
  onHidden?: (activations: tf.Tensor) => void;
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
  { dropoutKey, onHidden }: FeedForwardOptions = {},
): tf.Tensor {
  const biased = biases.feedForward;
  const hidden = gated
    ? swiglu(project(scope.within("gate"), x, biased), project(scope.within("in"), x, biased)) // [rows, hidden]
    : project(scope.within("in"), x, biased, activation); // [rows, hidden]
  onHidden?.(hidden);
  const isDropped = dropoutKey !== undefined && rate > 0;
  const kept = isDropped ? dropout(hidden, { rate, key: dropoutKey }) : hidden; // [rows, hidden]
  return project(scope.within("out"), kept, biased);
}
