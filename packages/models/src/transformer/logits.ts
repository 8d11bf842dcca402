import { add, embedding, linear, scatterBits } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "../parameters/draw";
import { parameter } from "../parameters/parameter";
import { scopeOf } from "../parameters/scope";
import type { TransformerPlan } from "../plan/transformer";
import { PointRows } from "../point/rows";
import { block } from "./block";
import type { TransformerConfig } from "./config";
import { type IndexTensors, indexTensors } from "./index-tensors";
import { normalise } from "./normalise";
import { sinusoidalPositions } from "./positions";

/** What a transformer's forward pass may be asked for beside its logits. */
export interface TransformerOptions {
  /** Key of the dropout masks; without one nothing is dropped. */
  dropoutKey?: number;
  /** Shows what the points hold; by default nobody looks. */
  points?: PointRows;
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
  { dropoutKey, points = PointRows.none }: TransformerOptions = {},
): tf.Tensor {
  const index = indexTensors();
  let x = firstRows(config, parameters, plan, index, points); // [input rows, dModel]
  for (const [layer, layerPlan] of plan.layers.entries()) {
    x = block(config, scopeOf(parameters, `layers.${layer}`), x, layerPlan, index, {
      dropoutKey: dropoutKey === undefined ? undefined : layerKey(dropoutKey, layer),
      points: points.within(`layers.${layer}`),
    }); // [layer's rows, dModel]
  }
  if (config.finalNorm) {
    x = normalise(config, scopeOf(parameters, "finalNorm"), x, points.within("finalNorm")); // [last rows, dModel]
  }
  const head = config.tiedHead ? "tokenEmbedding" : "unembedding.weight";
  const bias = config.biases.head ? parameter(parameters, "unembedding.bias") : undefined;
  const logits = linear(x, parameter(parameters, head), bias, { transposeWeight: config.tiedHead }); // [last rows, classes]
  return atAnswers(logits, plan, index);
}

/** What rows of the last layer hold where answers are read, [plan.outputs, features]. */
export function atAnswers(
  rows: tf.Tensor,
  { answers }: TransformerPlan,
  index: IndexTensors = indexTensors(),
): tf.Tensor {
  return answers === undefined ? rows : embedding(rows, index(answers));
}

function firstRows(
  { positions, dModel }: TransformerConfig,
  parameters: Parameters,
  plan: TransformerPlan,
  index: IndexTensors,
  points: PointRows,
): tf.Tensor {
  const table = parameter(parameters, "tokenEmbedding");
  const embedded = plan.tokens === undefined ? table : embedding(table, index(plan.tokens)); // [rows, dModel]
  const tokens = points.pass("tokenEmbedding", embedded); // [rows, dModel]
  if (plan.positions === undefined) return tokens;
  const added =
    positions.kind === "learned"
      ? embedding(parameter(parameters, "positionEmbedding"), index(plan.positions))
      : tf.tensor2d(sinusoidalPositions(plan.positions, dModel), [plan.inputRows, dModel]); // [rows, dModel]
  return add(tokens, points.pass("positionEmbedding", added));
}

/** A key of its own for each layer, scattered so that neighbouring steps' keys do not meet. */
function layerKey(key: number, layer: number): number {
  return scatterBits(scatterBits(key) + layer + 1);
}
