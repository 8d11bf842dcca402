import {
  add,
  attention,
  attentionWeights,
  dropout,
  embedding,
  layerNorm,
  linear,
  rmsNorm,
  scale,
  swiglu,
} from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "../parameters/draw";
import { parameter } from "../parameters/parameter";
import type { LayerPlan } from "../plan/layer";
import type { TransformerConfig } from "./config";
import type { IndexTensors } from "./index-tensors";

/** What a block may be asked for beside its output. */
export interface BlockOptions {
  /** Key of the dropout mask; without one nothing is dropped. */
  dropoutKey?: number;
  /** Called with the attention weights, [rows, heads, depth]. */
  onAttention?: (weights: tf.Tensor) => void;
  /** Called with the feed-forward's activations, [rows, hidden]. */
  onHidden?: (activations: tf.Tensor) => void;
}

/**
 * One layer of a transformer: attention and feed-forward, each with its norm and residual.
 *
 * @param x [input rows, width]
 * @returns [plan.rows, width]
 */
export function block(
  config: TransformerConfig,
  parameters: Parameters,
  name: string,
  x: tf.Tensor,
  plan: LayerPlan,
  index: IndexTensors,
  options: BlockOptions = {},
): tf.Tensor {
  const { position } = config.norm;
  const pre = position !== "post";
  const norm = (part: string, y: tf.Tensor) => normalise(config, parameters, `${name}.${part}`, y);

  const asked = pre ? norm("attentionNorm", x) : x; // [inputs, width]
  const attended = selfAttention(
    config,
    parameters,
    `${name}.attention`,
    asked,
    plan,
    index,
    options,
  ); // [rows, width]
  const stream = position === "stream" ? asked : x; // [inputs, width]
  const below = plan.standsOn === undefined ? stream : embedding(stream, index(plan.standsOn)); // [rows, width]
  const sum = add(below, attended); // [rows, width]
  const middle = pre ? sum : norm("attentionNorm", sum); // [rows, width]

  const fed = feedForward(
    config,
    parameters,
    `${name}.feedForward`,
    pre ? norm("feedForwardNorm", middle) : middle,
    options,
  ); // [rows, width]
  const total = add(middle, fed); // [rows, width]
  return pre ? total : norm("feedForwardNorm", total);
}

/** The network's norm with the parameters under `name`; the identity where it has none. */
export function normalise(
  { norm }: TransformerConfig,
  parameters: Parameters,
  name: string,
  x: tf.Tensor,
): tf.Tensor {
  switch (norm.kind) {
    case "none":
      return x;
    case "rms":
      return rmsNorm(x, parameter(parameters, `${name}.gain`), { eps: norm.eps });
    case "layer": {
      const bias = norm.bias ? parameter(parameters, `${name}.bias`) : undefined;
      return layerNorm(x, parameter(parameters, `${name}.gain`), bias, { eps: norm.eps });
    }
  }
}

function selfAttention(
  { heads, positions, biases, attentionRate = 1 }: TransformerConfig,
  parameters: Parameters,
  name: string,
  x: tf.Tensor,
  plan: LayerPlan,
  index: IndexTensors,
  { onAttention }: BlockOptions,
): tf.Tensor {
  const project = (part: string, y: tf.Tensor) =>
    linear(
      y,
      parameter(parameters, `${name}.${part}.weight`),
      biases.attention ? parameter(parameters, `${name}.${part}.bias`) : undefined,
    );
  const asking = plan.asking === undefined ? x : embedding(x, index(plan.asking)); // [queries, width]
  const q = project("query", asking); // [queries, width]
  const k = project("key", x); // [inputs, width]
  const v = project("value", x); // [inputs, width]
  const queries = index(plan.queries, 3); // [rows, 3]
  const keyRows = index(plan.keyRows, plan.depth); // [sequences, depth]
  const rotaryBase = positions.kind === "rotary" ? positions.base : undefined;
  const options = { heads, rotaryBase };
  /** A part by softmax, and one by queries of zeros, to which all keys are alike. */
  const mix = (look: (q: tf.Tensor) => tf.Tensor): tf.Tensor => {
    if (attentionRate === 1) return look(q);
    const even = scale(look(scale(q, 0)), 1 - attentionRate);
    return attentionRate === 0 ? even : add(scale(look(q), attentionRate), even);
  };
  onAttention?.(mix((y) => attentionWeights(y, k, queries, keyRows, options)));
  const mixed = mix((y) => attention(y, k, v, queries, keyRows, options)); // [rows, attended]
  return project("output", mixed);
}

function feedForward(
  { feedForward: { activation, gated }, biases, dropout: rate }: TransformerConfig,
  parameters: Parameters,
  name: string,
  x: tf.Tensor,
  { dropoutKey, onHidden }: BlockOptions,
): tf.Tensor {
  const project = (part: string, y: tf.Tensor, kind: "none" | typeof activation = "none") =>
    linear(
      y,
      parameter(parameters, `${name}.${part}.weight`),
      biases.feedForward ? parameter(parameters, `${name}.${part}.bias`) : undefined,
      { activation: kind },
    );
  const hidden = gated
    ? swiglu(project("gate", x), project("in", x)) // [rows, hidden]
    : project("in", x, activation); // [rows, hidden]
  onHidden?.(hidden);
  const kept =
    dropoutKey === undefined || rate === 0 ? hidden : dropout(hidden, { rate, key: dropoutKey }); // [rows, hidden]
  return project("out", kept);
}
