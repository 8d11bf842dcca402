import { ParameterList } from "../parameters/list";
import type { ParameterSpecification } from "../parameters/specification";
import type { MlpConfig } from "./config";

/** All parameters of an MLP, in a fixed order. */
export function mlpParameters(config: MlpConfig): ParameterSpecification[] {
  const { input, vocabulary, slots } = config;
  const list = new ParameterList();
  if (input.kind === "embedding") list.add("embedding", [vocabulary, input.width], "embedding");
  const inputs = { embedding: slots, features: 1 };
  let from = input.kind === "one-hot" ? vocabulary : inputs[input.kind] * input.width;
  for (let layer = 0; layer < config.depth; layer++) {
    const to = layer === config.depth - 1 ? config.classes : config.width;
    list.add(`layers.${layer}.weight`, [from, to], "weight", from);
    if (config.biases) list.add(`layers.${layer}.bias`, [to], "bias", from);
    from = to;
  }
  return list.all;
}
