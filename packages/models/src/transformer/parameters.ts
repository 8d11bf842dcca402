import { ParameterList } from "../parameters/list";
import type { ParameterSpecification } from "../parameters/specification";
import type { TransformerConfig } from "./config";

/** All parameters of a transformer, in a fixed order. */
export function transformerParameters(config: TransformerConfig): ParameterSpecification[] {
  const { width, norm, feedForward, biases } = config;
  const { headWidth = width / config.heads } = config;
  const attended = config.heads * headWidth;
  const list = new ParameterList();
  const addNorm = (name: string) => {
    if (norm.kind === "none") return;
    list.add(`${name}.gain`, [width], "gain");
    if (norm.bias) list.add(`${name}.bias`, [width], "shift");
  };
  list.add("tokenEmbedding", [config.vocabulary, width], "embedding");
  if (config.positions.kind === "learned") {
    list.add("positionEmbedding", [config.context, width], "positions");
  }
  for (let layer = 0; layer < config.layers; layer++) {
    const block = `layers.${layer}`;
    addNorm(`${block}.attentionNorm`);
    for (const part of ["query", "key", "value", "output"]) {
      const isOutput = part === "output";
      const [from, to] = isOutput ? [attended, width] : [width, attended];
      const role = isOutput ? "weight" : "projection";
      list.add(`${block}.attention.${part}.weight`, [from, to], role, from);
      if (biases.attention) {
        list.add(`${block}.attention.${part}.bias`, [to], "attentionBias", from);
      }
    }
    addNorm(`${block}.feedForwardNorm`);
    for (const part of feedForward.gated ? ["in", "gate", "out"] : ["in", "out"]) {
      const [from, to] = part === "out" ? [feedForward.hidden, width] : [width, feedForward.hidden];
      list.add(`${block}.feedForward.${part}.weight`, [from, to], "weight", from);
      if (biases.feedForward) list.add(`${block}.feedForward.${part}.bias`, [to], "bias", from);
    }
  }
  if (config.finalNorm) addNorm("finalNorm");
  if (!config.tiedHead) {
    list.add("unembedding.weight", [width, config.classes], "unembedding", width);
  }
  if (biases.head) list.add("unembedding.bias", [config.classes], "bias", width);
  return list.all;
}
