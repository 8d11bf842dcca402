import type { TaskShape } from "@grok/data";
import { architectures, type MlpInput, mlpInitialisations } from "@grok/models";
import * as z from "zod";
import { defineModel } from "../../kind/define";
import { initStds, initStdsOf, scaleFlags, scales } from "./scales";

const settings = z.strictObject({
  embedDim: z.int().min(1).max(8192).describe("features of an MLP's embedding"),
  width: z.int().min(1).max(65_536).describe("features of an MLP's hidden layers"),
  depth: z.int().min(1).max(64).describe("linear layers of an MLP, the last one included"),
  alpha: z.number().describe("an MLP's hidden pre-activations are multiplied by width^−alpha"),
  activation: z
    .enum(["relu", "gelu", "silu", "tanh", "square", "none"])
    .optional()
    .describe("what hidden features pass; of a transformer's feed-forward or of an MLP"),
  biases: z.boolean().optional().describe("give an MLP's linear maps biases"),
  initialisation: z
    .enum([...mlpInitialisations])
    .optional()
    .describe("what initial weights are drawn from, after the code that it comes from"),
  input: z
    .enum(["embedding", "one-hot"])
    .optional()
    .describe(
      "how an MLP sees tokens: by an embedding that all share, or as a vector with a one for each; real-valued inputs it takes as they are",
    ),
  ...initStds,
  ...scales,
});

type Name = "mlp" | "order-parameters" | "prieto" | "quadratic";

/** A multilayer perceptron on all tokens at once, embedded or as one vector with a one for each. */
export const mlp = defineModel({
  name: "mlp",
  sentence: "a multilayer perceptron on all tokens at once",
  source: null,
  settings,
  flags: scaleFlags,
  later: [
    "activation",
    "biases",
    "initialisation",
    "input",
    ...(Object.keys(initStds) as (keyof typeof initStds)[]),
    "initialScale",
    "outputScale",
  ],
  variants: {
    mlp: variantOf("mlp", "embeds its operands", "taot/grokking-lab"),
    "order-parameters": variantOf(
      "order-parameters",
      "one hidden layer on one-hot operands",
      "ChanceSiyuan/grokking",
    ),
    prieto: variantOf(
      "prieto",
      "two hidden layers on one-hot operands, without biases",
      "Prieto et al. 2025",
    ),
    quadratic: variantOf(
      "quadratic",
      "one hidden layer of squares on one-hot operands, without biases",
      "Gromov 2023",
    ),
  },
  shortcuts: ["tokenTables"],
  traits: ({ input }, name) => {
    const embeds = (input ?? architectures[name as Name]().input.kind) === "embedding";
    return {
      words: "an MLP",
      input: embeds ? "tokens" : "one-hot",
      readsFeatures: true,
      isCausal: false,
      layout: embeds ? "pair" : "one-hot",
    };
  },
  build: (given, shape, name) => {
    const { width, depth, alpha, initialScale, outputScale } = given;
    // Deviations of initial weights may depend on the width.
    const base = architectures[name as Name](undefined, { width });
    const { activation, biases, initialisation } = base;
    return {
      ...base,
      vocabulary: shape.vocabulary,
      classes: shape.values || shape.classes,
      ...initStdsOf(given),
      initialScale,
      outputScale,
      slots: shape.length,
      width,
      depth,
      alpha,
      input: inputOf(given, shape, name as Name),
      activation: given.activation ?? activation,
      biases: given.biases ?? biases,
      initialisation: given.initialisation ?? initialisation,
    };
  },
});

/** How the network sees an example. */
function inputOf(
  { input, embedDim }: { input?: "embedding" | "one-hot" | undefined; embedDim?: number },
  { features }: TaskShape,
  name: Name,
): MlpInput {
  if (features > 0) return { kind: "features", width: features };
  const kind = input ?? architectures[name]().input.kind;
  if (kind !== "embedding") return { kind: "one-hot" };
  if (embedDim === undefined) {
    throw new RangeError(
      `Model ${name} has no embed-dim, so its input cannot be embedding; it can be one-hot, and model mlp embeds.`,
    );
  }
  return { kind, width: embedDim };
}

/** The settings of a named network; they are what its older runs had, so they may never change. */
function variantOf(name: Name, sentence: string, source: string) {
  const { input, width, depth, alpha, activation, biases, initialisation } = architectures[name]();
  const kind = input.kind === "embedding" ? ("embedding" as const) : ("one-hot" as const);
  const own = { width, depth, alpha, activation, biases, initialisation, input: kind };
  return input.kind === "embedding"
    ? { sentence, source, settings: { ...own, embedDim: input.width } }
    : { sentence, source, settings: own, without: ["embedDim" as const] };
}
