import { checkConfig, type ModelConfig } from "../config";
import type { MlpConfig } from "../mlp/config";
import type { TransformerConfig } from "../transformer/config";

/** What a parameter is for; initialisation schemes tell parameters apart by it. */
export type ParameterRole =
  | "embedding"
  | "positions"
  | "gain"
  | "shift"
  /** The query, key or value weight. */
  | "projection"
  /** Any bias inside attention. */
  | "attentionBias"
  | "weight"
  | "bias"
  | "unembedding";

/** A parameter before it has values. */
export interface ParameterSpecification {
  name: string;
  shape: number[];
  role: ParameterRole;
  /** Inputs of the linear map that the parameter belongs to; 1 where it belongs to none. */
  fanIn: number;
}

/** All parameters of a network, in a fixed order. */
export function parameterSpecifications(config: ModelConfig): ParameterSpecification[] {
  checkConfig(config);
  return config.kind === "transformer" ? transformerParameters(config) : mlpParameters(config);
}

/** Shape of each parameter by name, without making any tensor. */
export function parameterShapes(config: ModelConfig): Record<string, number[]> {
  return Object.fromEntries(
    parameterSpecifications(config).map(({ name, shape }) => [name, shape]),
  );
}

/** How many numbers a network learns. */
export function parameterCount(config: ModelConfig): number {
  return parameterSpecifications(config).reduce(
    (total, { shape }) => total + shape.reduce((product, side) => product * side, 1),
    0,
  );
}

function transformerParameters(config: TransformerConfig): ParameterSpecification[] {
  const { width, norm, feedForward, biases } = config;
  const list: ParameterSpecification[] = [];
  const add = (name: string, shape: number[], role: ParameterRole, fanIn = 1) =>
    list.push({ name, shape, role, fanIn });
  const addNorm = (name: string) => {
    if (norm.kind === "none") return;
    add(`${name}.gain`, [width], "gain");
    if (norm.bias) add(`${name}.bias`, [width], "shift");
  };
  add("tokenEmbedding", [config.vocabulary, width], "embedding");
  if (config.positions.kind === "learned") {
    add("positionEmbedding", [config.context, width], "positions");
  }
  for (let layer = 0; layer < config.layers; layer++) {
    const block = `layers.${layer}`;
    addNorm(`${block}.attentionNorm`);
    for (const part of ["query", "key", "value", "output"]) {
      const role = part === "output" ? "weight" : "projection";
      add(`${block}.attention.${part}.weight`, [width, width], role, width);
      if (biases.attention) {
        add(`${block}.attention.${part}.bias`, [width], "attentionBias", width);
      }
    }
    addNorm(`${block}.feedForwardNorm`);
    for (const part of feedForward.gated ? ["in", "gate", "out"] : ["in", "out"]) {
      const [from, to] = part === "out" ? [feedForward.hidden, width] : [width, feedForward.hidden];
      add(`${block}.feedForward.${part}.weight`, [from, to], "weight", from);
      if (biases.feedForward) add(`${block}.feedForward.${part}.bias`, [to], "bias", from);
    }
  }
  if (config.finalNorm) addNorm("finalNorm");
  if (!config.tiedHead) add("unembedding.weight", [width, config.classes], "unembedding", width);
  if (biases.head) add("unembedding.bias", [config.classes], "bias", width);
  return list;
}

function mlpParameters(config: MlpConfig): ParameterSpecification[] {
  const { input, vocabulary, slots } = config;
  const list: ParameterSpecification[] = [];
  if (input.kind === "embedding") {
    const shape = [vocabulary, input.width];
    list.push({ name: "embedding", shape, role: "embedding", fanIn: 1 });
  }
  let from = input.kind === "embedding" ? slots * input.width : vocabulary;
  for (let layer = 0; layer < config.depth; layer++) {
    const to = layer === config.depth - 1 ? config.classes : config.width;
    const fanIn = from;
    list.push({ name: `layers.${layer}.weight`, shape: [from, to], role: "weight", fanIn });
    if (config.biases) {
      list.push({ name: `layers.${layer}.bias`, shape: [to], role: "bias", fanIn });
    }
    from = to;
  }
  return list;
}
