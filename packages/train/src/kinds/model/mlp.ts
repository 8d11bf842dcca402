import { architectures, initialisations } from "@grok/models";
import { z } from "zod";
import { defineModel } from "../../kind/define";
import { scaleFlags, scales } from "./scales";

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
    .enum([...initialisations])
    .optional()
    .describe("what initial weights are drawn from, after the code that it comes from"),
  ...scales,
});

type Name = "mlp" | "order-parameters" | "prieto";

/** A multilayer perceptron on all tokens at once, embedded or as one vector with a one for each. */
export const mlp = defineModel({
  name: "mlp",
  sentence: "a multilayer perceptron on all tokens at once",
  source: null,
  settings,
  flags: scaleFlags,
  later: ["activation", "biases", "initialisation", "initialScale", "outputScale"],
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
  },
  shortcuts: ["tokenTables"],
  traits: (_, name) => {
    const embeds = name === "mlp";
    return {
      words: "an MLP",
      input: embeds ? "tokens" : "one-hot",
      isCausal: false,
      layout: embeds ? "pair" : "one-hot",
    };
  },
  build: (given, { vocabulary, classes, length }, name) => {
    const { embedDim, width, depth, alpha, initialScale, outputScale } = given;
    const base = architectures[name as Name]();
    const { activation, biases, initialisation, input } = base;
    return {
      ...base,
      vocabulary,
      classes,
      initialScale,
      outputScale,
      slots: length,
      width,
      depth,
      alpha,
      input: input.kind === "embedding" ? { kind: "embedding", width: embedDim } : input,
      activation: given.activation ?? activation,
      biases: given.biases ?? biases,
      initialisation: given.initialisation ?? initialisation,
    };
  },
});

/** The settings of a named network; they are what its older runs had, so they may never change. */
function variantOf(name: Name, sentence: string, source: string) {
  const { input, width, depth, alpha, activation, biases, initialisation } = architectures[name]();
  const own = { width, depth, alpha, activation, biases, initialisation };
  return input.kind === "embedding"
    ? { sentence, source, settings: { ...own, embedDim: input.width } }
    : { sentence, source, settings: own, without: ["embedDim" as const] };
}
