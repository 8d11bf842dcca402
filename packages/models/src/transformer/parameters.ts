import { ParameterList } from "../parameters/list";
import type { ParameterSpecification } from "../parameters/specification";
import type { TransformerConfig } from "./config";

/** All parameters of a transformer, in a fixed order. */
export function transformerParameters(config: TransformerConfig): ParameterSpecification[] {
  const { dModel, norm, feedForward, biases } = config;
  const { headWidth = dModel / config.heads } = config;
  const attended = config.heads * headWidth;
  const list = new ParameterList();
  const addNorm = (name: string) => {
    if (norm.kind === "none") return;
    list.add(`${name}.gain`, [dModel], "gain");
    if (norm.bias) list.add(`${name}.bias`, [dModel], "normBias");
  };
  list.add("tokenEmbedding", [config.vocabulary, dModel], "embedding");
  if (config.positions.kind === "learned") {
    list.add("positionEmbedding", [config.context, dModel], "positions");
  }
  for (let layer = 0; layer < config.layers; layer++) {
    const block = `layers.${layer}`;
    addNorm(`${block}.attentionNorm`);
    for (const part of ["query", "key", "value", "output"]) {
      const isOutput = part === "output";
      const [from, to] = isOutput ? [attended, dModel] : [dModel, attended];
      const role = isOutput ? "weight" : "projection";
      list.add(`${block}.attention.${part}.weight`, [from, to], role, from);
      if (biases.attention) {
        list.add(`${block}.attention.${part}.bias`, [to], "attentionBias", from);
      }
    }
    addNorm(`${block}.feedForwardNorm`);
    for (const part of feedForward.gated ? ["in", "gate", "out"] : ["in", "out"]) {
      const [from, to] =
        part === "out" ? [feedForward.hidden, dModel] : [dModel, feedForward.hidden];
      list.add(`${block}.feedForward.${part}.weight`, [from, to], "weight", from);
      if (biases.feedForward) list.add(`${block}.feedForward.${part}.bias`, [to], "bias", from);
    }
  }
  if (config.finalNorm) addNorm("finalNorm");
  if (!config.tiedHead) {
    list.add("unembedding.weight", [dModel, config.classes], "unembedding", dModel);
  }
  if (biases.head) list.add("unembedding.bias", [config.classes], "bias", dModel);
  return list.all;
}
