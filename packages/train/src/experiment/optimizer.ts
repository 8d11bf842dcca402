import { z } from "zod";

/** What weight decay pulls towards, and how. */
export const decays = ["zero", "init", "l2"] as const;

const common = {
  lr: z.number().gt(0).default(1e-3).describe("learning rate, after warm-up"),
  weightDecay: z.number().min(0).default(0).describe("weight decay, on every parameter"),
  decay: z
    .enum(decays)
    .describe(
      "zero: shrinks weights by lr·decay; init: the same towards the initial weights; l2: adds decay·weight to the gradient",
    ),
  warmupSteps: z
    .int()
    .min(0)
    .default(0)
    .describe("steps over which the learning rate rises from 0"),
  warmupOffset: z
    .int()
    .min(0)
    .max(1)
    .default(0)
    .describe("what warm-up counts the first step as; with 0 its learning rate is 0"),
  schedule: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("constant") }),
      z.strictObject({
        kind: z.literal("cosine"),
        finalLr: z.number().min(0).default(0).describe("learning rate at the end of a cosine"),
        endStep: z.int().min(1).describe("step at which a cosine ends; the last by default"),
      }),
    ])
    .default({ kind: "constant" })
    .describe("the learning rate after warm-up"),
  clip: z.number().gt(0).nullable().default(null).describe("largest global norm of the gradient"),
  grokfast: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("none") }),
      z.strictObject({
        kind: z.literal("ema"),
        alpha: z.number().min(0).lt(1).default(0.98).describe("momentum of Grokfast's average"),
        lambda: z.number().min(0).default(2).describe("how much Grokfast adds to the gradient"),
      }),
      z.strictObject({
        kind: z.literal("ma"),
        window: z.int().min(1).max(10_000).default(100).describe("gradients in Grokfast's window"),
        lambda: z.number().min(0).default(5).describe("how much Grokfast adds to the gradient"),
      }),
    ])
    .default({ kind: "none" })
    .describe("Grokfast: amplify the gradient's slow part"),
  orthograd: z
    .boolean()
    .default(false)
    .describe("use only the gradient's part orthogonal to the weights (⊥Grad)"),
  weightNorm: z
    .union([z.number().gt(0), z.literal("initial")])
    .nullable()
    .default(null)
    .describe("norm that all weights together are scaled back to after each step (Omnigrok)"),
};

const beta1 = (value: number) =>
  z.number().min(0).lt(1).default(value).describe("decay rate of the gradient's mean");
const beta2 = (value: number) =>
  z.number().min(0).lt(1).default(value).describe("decay rate of the squared gradient's mean");

const adam = {
  beta1: beta1(0.9),
  beta2: beta2(0.999),
  eps: z.number().gt(0).default(1e-8).describe("added to the root of the squared gradient's mean"),
  biasCorrection: z
    .boolean()
    .default(true)
    .describe("correct Adam's means for their start at zero"),
};

const momentum = (value: number) =>
  z.number().min(0).lt(1).default(value).describe("share of the last update that is kept");

const nesterov = (value: boolean) =>
  z.boolean().default(value).describe("look ahead along the momentum (Nesterov)");

/** How the weights follow from the gradients. */
export const optimizerSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("adamw"), ...common, ...adam }),
    z.strictObject({ kind: z.literal("adam"), ...common, ...adam }),
    z.strictObject({
      kind: z.literal("sgd"),
      ...common,
      momentum: momentum(0),
      nesterov: nesterov(false),
    }),
    z.strictObject({ kind: z.literal("lion"), ...common, beta1: beta1(0.9), beta2: beta2(0.99) }),
    z.strictObject({
      kind: z.literal("muon"),
      ...common,
      momentum: momentum(0.95),
      nesterov: nesterov(true),
      adamLr: z
        .number()
        .gt(0)
        .default(3e-4)
        .describe("learning rate of AdamW for what is no hidden matrix, beside Muon"),
    }),
  ])
  .describe("how the weights follow from the gradients");
