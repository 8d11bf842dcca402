import {
  addition777,
  architectures,
  initialisations,
  type PositionsConfig,
  type TransformerConfig,
} from "@grok/models";
import * as z from "zod";
import { defineModel } from "../../kind/define";
import { initStds, initStdsOf, scaleFlags, scales, transformerInitStds } from "./scales";

const settings = z.strictObject({
  dModel: z.int().min(1).max(8192).describe("features of a token's state"),
  heads: z.int().min(1).max(1024).describe("attention heads; they divide the state's features"),
  layers: z.int().min(1).max(128).describe("blocks of attention and feed-forward"),
  mlpMult: z
    .number()
    .gt(0)
    .max(64)
    .describe("hidden features of the feed-forward over d-model; SwiGLU of mlx takes two thirds"),
  dropout: z.number().min(0).lt(1).describe("share of the feed-forward's features dropped"),
  positions: z
    .enum(["learned", "sinusoidal", "rotary"])
    .optional()
    .describe("how a token's position reaches the network"),
  ffnBias: z.boolean().optional().describe("give the feed-forward's linear maps biases"),
  tiedHead: z.boolean().optional().describe("compute the logits with the token embedding"),
  ffnHidden: z
    .int()
    .min(1)
    .max(65_536)
    .nullable()
    .default(null)
    .describe("hidden features of the feed-forward; by default they follow from mlp-mult"),
  activation: z
    .enum(["relu", "gelu", "silu", "tanh", "square", "none"])
    .optional()
    .describe("what hidden features pass; of a transformer's feed-forward or of an MLP"),
  gated: z.boolean().optional().describe("gate the feed-forward (SwiGLU); needs activation silu"),
  norm: z
    .enum(["rms", "layer", "none"])
    .optional()
    .describe("normalisation of a token's state: RMSNorm, LayerNorm or none"),
  normPosition: z
    .enum(["pre", "post", "stream"])
    .optional()
    .describe(
      "where norms stand: before attention and feed-forward, after them, or before attention instead of the state",
    ),
  normEps: z.number().gt(0).optional().describe("added to a norm's variance or mean square"),
  normBias: z.boolean().optional().describe("give LayerNorm a bias beside its gain"),
  finalNorm: z.boolean().optional().describe("normalise the state once more before the logits"),
  attentionBias: z.boolean().optional().describe("give attention's linear maps biases"),
  headBias: z.boolean().optional().describe("give the map to the logits a bias"),
  rotaryBase: z
    .number()
    .gt(0)
    .nullable()
    .optional()
    .describe("base of rotary positions' frequencies; 10,000 if the network was made for others"),
  context: z
    .int()
    .min(1)
    .max(65_536)
    .optional()
    .describe("positions that the network has; at least those of an example"),
  headWidth: z
    .int()
    .min(1)
    .max(8192)
    .nullable()
    .default(null)
    .describe("features of a head; by default the state's are shared out among the heads"),
  attentionRate: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("share of attention by softmax; the rest is uniform (Zhong et al. 2023)"),
  initialisation: z
    .enum([...initialisations])
    .optional()
    .describe("what initial weights are drawn from, after the code that it comes from"),
  ...initStds,
  ...transformerInitStds,
  ...scales,
});

const initStdNames = Object.keys({ ...initStds, ...transformerInitStds }) as (
  | keyof typeof initStds
  | keyof typeof transformerInitStds
)[];

/** Names of networks of @grok/models that are transformers. */
const names = [
  "mlx",
  "mlx-ungated",
  "mlx-swiglu",
  "power",
  "openai",
  "danielmamay",
  "grokfast",
  "nanda",
  "addition-777",
  "tiny-modular",
] as const;

type Name = (typeof names)[number];

/** The layouts of equations that those networks were made for, which are not mlx's. */
const layouts: Partial<Record<Name, string>> = {
  power: "power",
  openai: "openai",
  nanda: "nanda",
};

const sentences: Record<Name, [sentence: string, source: string]> = {
  mlx: ["rotary positions, RMSNorm, SwiGLU of two thirds", "stockeh/mlx-grokking"],
  "mlx-ungated": ["as mlx, with a feed-forward of two matrices", "stockeh/mlx-grokking"],
  "mlx-swiglu": ["as mlx, with a wider SwiGLU and dropout", "stockeh/mlx-grokking"],
  power: ["PyTorch's post-norm encoder", "Power et al. 2022, JohanLi233/grokking"],
  openai: ["post-norm, without biases, sinusoidal positions", "openai/grok"],
  danielmamay: ["post-norm, without biases, learned positions", "danielmamay/grokking"],
  grokfast: ["norms in the stream, GELU", "Lee et al. 2024, ironjr/grokfast"],
  nanda: ["one layer without norms", "Nanda et al. 2023"],
  "addition-777": ["777 parameters that add ten digits", "yhavinga/gpt-acc-jax"],
  "tiny-modular": ["1,162 parameters for modular addition", "menonpg/tiny-transformers"],
};

/** A decoder-only transformer with causal attention. */
export const transformer = defineModel({
  name: "transformer",
  sentence: "a decoder-only transformer with causal attention",
  source: "Vaswani et al. 2017, arXiv 1706.03762",
  settings,
  flags: { heads: { name: "nHeads" }, layers: { name: "nLayers" }, ...scaleFlags },
  later: [
    "positions",
    "ffnBias",
    "tiedHead",
    "ffnHidden",
    "activation",
    "gated",
    "norm",
    "normPosition",
    "normEps",
    "normBias",
    "finalNorm",
    "attentionBias",
    "headBias",
    "rotaryBase",
    "context",
    "headWidth",
    "attentionRate",
    "initialisation",
    ...initStdNames,
    "initialScale",
    "outputScale",
  ],
  variants: Object.fromEntries(names.map((name) => [name, variantOf(name)])) as Record<
    Name,
    ReturnType<typeof variantOf>
  >,
  shortcuts: ["sharedPrefixes", "answerOnly", "tokenTables"],
  traits: (_, name) => ({
    words: "a transformer",
    input: "tokens",
    readsFeatures: false,
    isCausal: true,
    layout: layouts[name as Name] ?? "mlx",
  }),
  build: (given, { vocabulary, classes, length }, name) => {
    const { dModel, heads, layers, mlpMult, dropout, initialScale, outputScale } = given;
    const sizes = { dModel, heads, layers, multiplier: mlpMult, dropout };
    const network = named(name as Name, sizes);
    const { biases, norm, feedForward, positions } = network;
    return {
      ...network,
      vocabulary,
      classes,
      ...(given.headWidth === null ? {} : { headWidth: given.headWidth }),
      ...(given.attentionRate === 1 ? {} : { attentionRate: given.attentionRate }),
      ...initStdsOf(given),
      initialScale,
      outputScale,
      // Positions that no example reaches are part of the originals, so a longer context stays.
      context: Math.max(given.context ?? network.context, length),
      norm: {
        kind: given.norm ?? norm.kind,
        position: given.normPosition ?? norm.position,
        eps: given.normEps ?? norm.eps,
        bias: given.normBias ?? norm.bias,
      },
      finalNorm: given.finalNorm ?? network.finalNorm,
      feedForward: {
        hidden: given.ffnHidden ?? feedForward.hidden,
        activation: given.activation ?? feedForward.activation,
        gated: given.gated ?? feedForward.gated,
      },
      biases: {
        attention: given.attentionBias ?? biases.attention,
        feedForward: given.ffnBias ?? biases.feedForward,
        head: given.headBias ?? biases.head,
      },
      tiedHead: given.tiedHead ?? network.tiedHead,
      positions: positionsOf(given.positions ?? positions.kind, positions, given.rotaryBase),
      initialisation: given.initialisation ?? network.initialisation,
    };
  },
});

function named(name: Name, sizes: Parameters<typeof addition777>[0] = {}): TransformerConfig {
  return name === "addition-777" ? addition777(sizes) : architectures[name](undefined, sizes);
}

/** The settings of a named network; they are what its older runs had, so they may never change. */
function variantOf(name: Name) {
  const { dModel, norm, feedForward, biases, positions, ...network } = named(name);
  const isSmall = name === "addition-777" || name === "tiny-modular";
  const [sentence, source] = sentences[name];
  return {
    sentence,
    source,
    settings: {
      dModel,
      heads: network.heads,
      layers: network.layers,
      dropout: network.dropout,
      mlpMult: isSmall ? 2 : 4,
      positions: positions.kind,
      ffnBias: biases.feedForward,
      tiedHead: network.tiedHead,
      ffnHidden: null,
      activation: feedForward.activation,
      gated: feedForward.gated,
      norm: norm.kind,
      normPosition: norm.position,
      normEps: norm.eps,
      normBias: norm.bias,
      finalNorm: network.finalNorm,
      attentionBias: biases.attention,
      headBias: biases.head,
      rotaryBase: positions.kind === "rotary" ? positions.base : null,
      context: network.context,
      initialisation: network.initialisation,
    },
  };
}

/** A way to tell positions, with the network's own settings if it is the network's own. */
function positionsOf(
  kind: PositionsConfig["kind"],
  own: PositionsConfig,
  base: number | null | undefined,
): PositionsConfig {
  if (kind !== "rotary") return { kind };
  // Su et al. 2021.
  return { kind, base: base ?? (own.kind === "rotary" ? own.base : 1e4) };
}
