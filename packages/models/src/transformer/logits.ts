import { add, embedding, linear, scatterBits } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "../parameters/draw";
import { parameter } from "../parameters/parameter";
import { scopeOf } from "../parameters/scope";
import type { TransformerPlan } from "../plan/transformer";
import { block } from "./block";
import type { TransformerConfig } from "./config";
import { type IndexTensors, indexTensors } from "./index-tensors";
import { normalise } from "./normalise";
import { sinusoidalPositions } from "./positions";

/** What a transformer's forward pass may be asked for beside its logits. */
export interface TransformerOptions {
  /** Key of the dropout masks; without one nothing is dropped. */
  dropoutKey?: number;
  /** Called with each layer's attention weights, [rows, heads, depth]. */
  onAttention?: (weights: tf.Tensor, layer: number) => void;
  /** Called with what the last feed-forward's neurons give where answers are read, [plan.outputs, hidden]. */
  onHidden?: (activations: tf.Tensor) => void;
}

/**
 * A transformer's logits for a planned batch, before their scale.
 *
 * @returns [plan.outputs, classes]
 */
export function transformerLogits(
  config: TransformerConfig,
  parameters: Parameters,
  plan: TransformerPlan,
  { dropoutKey, onAttention, onHidden }: TransformerOptions = {},
): tf.Tensor {
  const index = indexTensors();
  const answers = (rows: tf.Tensor) =>
    plan.answers === undefined ? rows : embedding(rows, index(plan.answers));
  let x = embedded(config, parameters, plan, index); // [input rows, dModel]
  for (const [layer, layerPlan] of plan.layers.entries()) {
    x = block(config, scopeOf(parameters, `layers.${layer}`), x, layerPlan, index, {
      dropoutKey: dropoutKey === undefined ? undefined : layerKey(dropoutKey, layer),
      onAttention: onAttention && ((weights) => onAttention(weights, layer)),
      onHidden:
        onHidden && layer === plan.layers.length - 1
          ? (activations) => onHidden(answers(activations))
          : undefined,
    }); // [layer's rows, dModel]
  }
  if (config.finalNorm) x = normalise(config, scopeOf(parameters, "finalNorm"), x); // [last rows, dModel]
  const head = config.tiedHead ? "tokenEmbedding" : "unembedding.weight";
  const bias = config.biases.head ? parameter(parameters, "unembedding.bias") : undefined;
  const logits = linear(x, parameter(parameters, head), bias, { transposeWeight: config.tiedHead }); // [last rows, classes]
  return answers(logits);
}

function embedded(
  { positions, dModel }: TransformerConfig,
  parameters: Parameters,
  plan: TransformerPlan,
  index: IndexTensors,
): tf.Tensor {
  const table = parameter(parameters, "tokenEmbedding");
  const tokens = plan.tokens === undefined ? table : embedding(table, index(plan.tokens)); // [rows, dModel]
  if (plan.positions === undefined) return tokens;
  const added =
    positions.kind === "learned"
      ? embedding(parameter(parameters, "positionEmbedding"), index(plan.positions))
      : tf.tensor2d(sinusoidalPositions(plan.positions, dModel), [plan.inputRows, dModel]); // [rows, dModel]
  return add(tokens, added);
}

/** A key of its own for each layer, scattered so that neighbouring steps' keys do not meet. */
function layerKey(key: number, layer: number): number {
  return scatterBits(scatterBits(key) + layer + 1);
}
