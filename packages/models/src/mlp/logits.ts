import {
  type ActivationKind,
  activate,
  embedding,
  embeddingSum,
  embeddingTables,
  linear,
  reshape,
  scale,
} from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "../parameters/draw";
import { parameter } from "../parameters/parameter";
import type { MlpPlan } from "../plan/mlp";
import { type PointHooks, passPoint } from "../point/at";
import type { MlpConfig } from "./config";

/**
 * An MLP's logits for a planned batch, before their scale: per hidden layer
 * activation(width^−alpha·(W·x + b)), then W·x + b.
 *
 * @param at what is done at which points
 * @returns [plan.outputs, classes]
 */
export function mlpLogits(
  config: MlpConfig,
  parameters: Parameters,
  plan: MlpPlan,
  at: PointHooks = {},
): tf.Tensor {
  let x: tf.Tensor | undefined;
  for (let layer = 0; layer < config.depth; layer++) {
    const name = `layers.${layer}`;
    const weight = parameter(parameters, `layers.${layer}.weight`);
    const bias = config.biases ? parameter(parameters, `layers.${layer}.bias`) : undefined;
    const hidden = layer < config.depth - 1;
    const activation = hidden ? config.activation : "none";
    const factor = hidden ? config.width ** -config.alpha : 1;
    // A fused product does not show what it is before scale and activation.
    const isShown = hidden && at[name] !== undefined;
    const fused = isShown
      ? { activation: "none" as const, scale: 1 }
      : { activation, scale: factor };
    if (x === undefined && plan.firstLayer === "tables") {
      const ids = tf.tensor2d(plan.ids, [plan.outputs, config.slots], "int32"); // [n, slots]
      const table =
        config.input.kind === "one-hot"
          ? weight
          : embeddingTables(parameter(parameters, "embedding"), weight); // [slots · p, width]
      x = embeddingSum(table, ids, bias, fused); // [n, width]
    } else {
      x ??= inputs(config, parameters, plan, at); // [n, fan-in]
      x =
        fused.scale === 1
          ? linear(x, weight, bias, { activation: fused.activation })
          : activated(linear(x, weight, bias), activation, factor); // [n, fan-out]
    }
    if (!hidden) break;
    if (isShown) x = activated(passPoint(at, name, x), activation, factor); // [n, width]
    x = passPoint(at, `${name}.hidden`, x); // [n, width]
  }
  return x as tf.Tensor;
}

/** activation(factor · x) */
function activated(x: tf.Tensor, activation: ActivationKind, factor: number): tf.Tensor {
  return activate(factor === 1 ? x : scale(x, factor), activation);
}

/** The first layer's inputs as a matrix. */
function inputs(
  { input, slots, vocabulary }: MlpConfig,
  parameters: Parameters,
  { ids, outputs, features }: MlpPlan,
  at: PointHooks,
): tf.Tensor {
  if (input.kind === "features") {
    return tf.tensor2d(features ?? new Float32Array(0), [outputs, input.width]); // [n, features]
  }
  if (input.kind === "embedding") {
    const rows = embedding(parameter(parameters, "embedding"), tf.tensor1d(ids, "int32")); // [n · slots, d]
    const shown = passPoint(at, "embedding", reshape(rows, [outputs, slots, input.width])); // [n, slots, d]
    return reshape(shown, [outputs, slots * input.width]);
  }
  const hot = new Float32Array(outputs * vocabulary);
  for (let i = 0; i < ids.length; i++) {
    const place = Math.floor(i / slots) * vocabulary + (ids[i] as number);
    hot[place] = (hot[place] as number) + 1;
  }
  return tf.tensor2d(hot, [outputs, vocabulary]);
}
