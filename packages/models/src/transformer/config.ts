import { type ActivationKind, activationKinds } from "@grok/ops";
import { checkChoice, checkCount, checkScale } from "../check";
import { type Initialisation, initialisations } from "../parameters/distribution";
import { checkInitStds, type InitStds } from "../parameters/init-stds";

/** Normalisation of a row's features, and where in a block it stands. */
export interface NormConfig {
  /** `rms` has a gain; `layer` a gain and, with `bias`, a bias; `none` is the identity. */
  kind: "rms" | "layer" | "none";
  /**
   * `pre`: x + f(norm(x)) (GPT-2, LLaMA); `post`: norm(x + f(x)) (Vaswani et al. 2017); `stream`: as
   * `pre`, but attention is added to what the norm gives, so that the state itself is normalised at
   * the beginning of each layer: n + attention(n) with n = norm(x) (ironjr/grokfast).
   */
  position: "pre" | "post" | "stream";
  /** Added to the variance or mean square. */
  eps: number;
  /** Whether a `layer` norm has a bias beside its gain. */
  bias: boolean;
}

/** How a token's position reaches the network. */
export type PositionsConfig =
  /** Queries and keys are turned in interleaved pairs by position·base^(−2i/headWidth). */
  | { kind: "rotary"; base: number }
  /** A trained row per position is added to the embedding. */
  | { kind: "learned" }
  /** Fixed sines and cosines are added to the embedding (Vaswani et al. 2017). */
  | { kind: "sinusoidal" };

/** The network after attention in each block. */
export interface FeedForwardConfig {
  /** Hidden features. */
  hidden: number;
  /** `none` is the identity. */
  activation: ActivationKind;
  /** out(silu(gate(x)) · in(x)) instead of out(activation(in(x))) (Shazeer 2020); needs silu. */
  gated: boolean;
}

/** A decoder-only transformer with causal attention. */
export interface TransformerConfig {
  kind: "transformer";
  /** Features of a token's state, d_model. */
  dModel: number;
  /** Attention heads; they divide `dModel` unless `headWidth` is given. */
  heads: number;
  /** Features of a head's queries, keys and values; default dModel / heads. */
  headWidth?: number;
  /**
   * α: each position's attention is α times softmax's and 1 − α times the mean over the positions that
   * it sees; the attention rate of Zhong et al. 2023 (arXiv 2306.17844), in [0, 1]; default 1.
   */
  attentionRate?: number;
  layers: number;
  /** The longest sequence; also the rows of learned positions. */
  context: number;
  /** Token ids are 0 … vocabulary − 1. */
  vocabulary: number;
  /** Logits per answer. */
  classes: number;
  norm: NormConfig;
  /** Whether the state is normalised once more before the logits. */
  finalNorm: boolean;
  positions: PositionsConfig;
  feedForward: FeedForwardConfig;
  /** Which linear maps have a bias. */
  biases: { attention: boolean; feedForward: boolean; head: boolean };
  /** Whether the logits use the token embedding, transposed; then classes = vocabulary. */
  tiedHead: boolean;
  /** Share of the feed-forward's hidden features that is zeroed in training, in [0, 1). */
  dropout: number;
  initialisation: Initialisation;
  /** Standard deviations of normal initial values by role, instead of the scheme's. */
  initStds?: InitStds;
  /** All initial parameters are multiplied by it, α of Omnigrok (Liu et al. 2022); default 1. */
  initialScale?: number;
  /** Logits are multiplied by it, α of Kumar et al. 2024; default 1. */
  outputScale?: number;
}

/** Throws a RangeError unless the transformer can be built. */
export function checkTransformerConfig(config: TransformerConfig): void {
  const { dModel, heads, norm, positions, feedForward, dropout } = config;
  for (const name of ["dModel", "heads", "layers", "context", "vocabulary", "classes"] as const) {
    checkCount(name, config[name]);
  }
  checkCount("feedForward.hidden", feedForward.hidden);
  checkChoice("norm.kind", norm.kind, ["rms", "layer", "none"]);
  checkChoice("norm.position", norm.position, ["pre", "post", "stream"]);
  checkChoice("positions.kind", positions.kind, ["rotary", "learned", "sinusoidal"]);
  checkChoice("feedForward.activation", feedForward.activation, activationKinds);
  checkChoice("initialisation", config.initialisation, initialisations);
  checkInitStds(config.initStds);
  if (config.headWidth !== undefined) checkCount("headWidth", config.headWidth);
  const { attentionRate = 1 } = config;
  if (!(attentionRate >= 0 && attentionRate <= 1)) {
    throw new RangeError(`attentionRate is ${attentionRate}: it must be in [0, 1]`);
  }
  if (config.headWidth === undefined && dModel % heads !== 0) {
    throw new RangeError(`dModel ${dModel} is not a multiple of the ${heads} heads`);
  }
  if (positions.kind === "rotary") {
    const { headWidth = dModel / heads } = config;
    if (headWidth % 2 !== 0) {
      const name = config.headWidth === undefined ? "dModel/heads" : "headWidth";
      throw new RangeError(
        `rotary positions turn pairs of features: ${name} is ${headWidth}, it must be even`,
      );
    }
    if (!(positions.base > 0)) {
      throw new RangeError(`positions.base is ${positions.base}: it must be positive`);
    }
  }
  if (!(norm.eps > 0) && norm.kind !== "none") {
    throw new RangeError(`norm.eps is ${norm.eps}: it must be positive`);
  }
  if (norm.bias && norm.kind !== "layer") {
    throw new RangeError(`norm.bias is set, but only norm.kind layer has a bias`);
  }
  if (config.finalNorm && norm.kind === "none") {
    throw new RangeError(`finalNorm is set, but norm.kind is none`);
  }
  if (feedForward.gated && feedForward.activation !== "silu") {
    throw new RangeError(
      `a gated feed-forward is SwiGLU: its activation is silu, not ${feedForward.activation}`,
    );
  }
  if (config.tiedHead && config.classes !== config.vocabulary) {
    throw new RangeError(
      `a tied head has as many classes as the vocabulary: ${config.classes} and ${config.vocabulary}`,
    );
  }
  checkScale("initialScale", config.initialScale);
  checkScale("outputScale", config.outputScale);
  if (!(dropout >= 0 && dropout < 1)) {
    throw new RangeError(`dropout is ${dropout}: it must be in [0, 1)`);
  }
}
