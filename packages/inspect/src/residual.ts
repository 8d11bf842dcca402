import type { ModelConfig, Network, TransformerConfig } from "@grok/models";

/** A transformer to whose residual stream every part adds. */
export type ResidualTransformer = TransformerConfig;

/**
 * The config of a network in whose residual stream the parts add up to what the logits are made of.
 *
 * @throws RangeError for an MLP, a network of an extension, and transformers that normalise the stream
 *   itself (norms of position `post` or `stream`)
 */
export function residualTransformer(network: Network): ResidualTransformer {
  const config = (network as { config?: ModelConfig }).config;
  if (config?.kind !== "transformer") {
    throw new RangeError(
      `${network.anatomy.words} has no residual stream that is known here: transformers of @grok/models have`,
    );
  }
  const { kind, position } = config.norm;
  if (kind !== "none" && position !== "pre") {
    throw new RangeError(
      `the norms of this transformer (position ${position}) act on the residual stream itself, so its parts do not add up: allowed is position pre, or no norms`,
    );
  }
  return config;
}
