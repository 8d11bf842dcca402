import { type ArchitectureName, architectures } from "@grok/models";
import { z } from "zod";

const all = Object.keys(architectures) as ArchitectureName[];

/** The MLPs that see their operands as one vector with two ones. */
const oneHotArchitectures = ["order-parameters", "prieto"] as const satisfies ArchitectureName[];

/** The architectures that are MLPs; all others are transformers. */
const mlpArchitectures = ["mlp", ...oneHotArchitectures] as const;

/** See {@link mlpArchitectures}. */
export type MlpArchitecture = (typeof mlpArchitectures)[number];

/** An architecture that is a transformer. */
export type TransformerArchitecture = Exclude<ArchitectureName, MlpArchitecture>;

/** Whether an architecture is an MLP. */
export function isMlp(name: ArchitectureName): name is MlpArchitecture {
  return (mlpArchitectures as readonly string[]).includes(name);
}

/** Whether an architecture is an MLP that sees its operands as one vector with two ones. */
export function isOneHot(name: ArchitectureName): boolean {
  return (oneHotArchitectures as readonly string[]).includes(name);
}

const scale = z.number().gt(0).default(1);

const scales = {
  initialScale: scale.describe("every initial parameter is multiplied by it (Omnigrok's α)"),
  outputScale: scale.describe("logits are multiplied by it (α of Kumar et al. 2024)"),
};

// Experiments that were written before these settings existed have the architecture's own.
const transformer = z.strictObject({
  architecture: z.enum(all.filter((name): name is TransformerArchitecture => !isMlp(name))),
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
  ...scales,
});

const width = z.int().min(1).max(65_536).describe("features of an MLP's hidden layers");
const depth = z.int().min(1).max(64).describe("linear layers of an MLP, the last one included");
const alpha = z.number().describe("an MLP's hidden pre-activations are multiplied by width^−alpha");

const mlp = z.strictObject({
  architecture: z.literal("mlp"),
  embedDim: z.int().min(1).max(8192).describe("features of an MLP's embedding"),
  width,
  depth,
  alpha,
  ...scales,
});

const oneHotMlp = z.strictObject({
  architecture: z.enum(oneHotArchitectures),
  width,
  depth,
  alpha,
  ...scales,
});

/** The network: a named architecture and its sizes. */
export const modelSchema = z
  .discriminatedUnion("architecture", [transformer, mlp, oneHotMlp])
  .describe("the network");
