import {
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
import type { MlpConfig } from "./config";

/** What an MLP's forward pass may be asked for beside its logits. */
export interface MlpOptions {
  /** Called with the last hidden layer's activations, [plan.outputs, width]; one layer alone has none. */
  onHidden?: (activations: tf.Tensor) => void;
}

/**
 * An MLP's logits for a planned batch, before their scale: per hidden layer
 * activation(width^−alpha·(W·x + b)), then W·x + b.
 *
 * @returns [plan.outputs, classes]
 */
export function mlpLogits(
  config: MlpConfig,
  parameters: Parameters,
  plan: MlpPlan,
  { onHidden }: MlpOptions = {},
): tf.Tensor {
  let x: tf.Tensor | undefined;
  for (let layer = 0; layer < config.depth; layer++) {
    if (layer > 0 && layer === config.depth - 1) onHidden?.(x as tf.Tensor);
    const weight = parameter(parameters, `layers.${layer}.weight`);
    const bias = config.biases ? parameter(parameters, `layers.${layer}.bias`) : undefined;
    const hidden = layer < config.depth - 1;
    const activation = hidden ? config.activation : "none";
    const factor = hidden ? config.width ** -config.alpha : 1;
    if (x === undefined && plan.firstLayer === "tables") {
      const ids = tf.tensor2d(plan.ids, [plan.outputs, config.slots], "int32"); // [n, slots]
      const table =
        config.input.kind === "one-hot"
          ? weight
          : embeddingTables(parameter(parameters, "embedding"), weight); // [slots · p, width]
      x = embeddingSum(table, ids, bias, { activation, scale: factor }); // [n, width]
      continue;
    }
    x ??= inputs(config, parameters, plan); // [n, fan-in]
    if (factor === 1) {
      x = linear(x, weight, bias, { activation }); // [n, fan-out]
    } else {
      x = activate(scale(linear(x, weight, bias), factor), activation); // [n, fan-out]
    }
  }
  return x as tf.Tensor;
}

/** The first layer's inputs as a matrix. */
function inputs(
  { input, slots, vocabulary }: MlpConfig,
  parameters: Parameters,
  { ids, outputs, features }: MlpPlan,
): tf.Tensor {
  if (input.kind === "features") {
    return tf.tensor2d(features ?? new Float32Array(0), [outputs, input.width]); // [n, features]
  }
  if (input.kind === "embedding") {
    const rows = embedding(parameter(parameters, "embedding"), tf.tensor1d(ids, "int32")); // [n · slots, d]
    return reshape(rows, [outputs, slots * input.width]);
  }
  const hot = new Float32Array(outputs * vocabulary);
  for (let i = 0; i < ids.length; i++) {
    const place = Math.floor(i / slots) * vocabulary + (ids[i] as number);
    hot[place] = (hot[place] as number) + 1;
  }
  return tf.tensor2d(hot, [outputs, vocabulary]);
}
