import { grokfastEma, grokfastMa } from "@grok/optim";
import * as z from "zod";
import { defineGradientTransform } from "../../kind/define";

const lambda = (value: number) =>
  z.number().min(0).default(value).describe("how much Grokfast adds to the gradient");

/** Adds the gradient's slow part to it. */
export const grokfastKind = defineGradientTransform({
  name: "grokfast",
  sentence: "amplifies the gradient's slow part",
  source: "Lee et al. 2024, arXiv 2405.20233",
  value: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("none") }),
      z.strictObject({
        kind: z.literal("ema"),
        alpha: z.number().min(0).lt(1).default(0.98).describe("momentum of Grokfast's average"),
        lambda: lambda(2),
      }),
      z.strictObject({
        kind: z.literal("ma"),
        window: z.int().min(1).max(10_000).default(100).describe("gradients in Grokfast's window"),
        lambda: lambda(5),
      }),
    ])
    .default({ kind: "none" })
    .describe("Grokfast: amplify the gradient's slow part"),
  flags: {
    kind: {
      name: "grokfast",
      description: "amplify the gradient's slow part: its exponential or windowed average",
    },
  },
  place: 20,
  slots: (value) => (value.kind === "ma" ? value.window : value.kind === "ema" ? 1 : 0),
  text: ({ kind }) => (kind === "none" ? null : `Grokfast ${kind}`),
  build: (value) => {
    if (value.kind === "none") return null;
    const { kind: _, ...options } = value;
    return "window" in options ? grokfastMa(options) : grokfastEma(options);
  },
});
