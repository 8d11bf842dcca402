import * as z from "zod";
import { parameterGroups } from "./parameter-groups";

/** What weight decay pulls towards, and how. */
export const decays = ["zero", "init", "l2", "loss"] as const;

/** Settings that every optimizer has. */
export const optimizerCommon = {
  lr: z.number().gt(0).default(1e-3).describe("learning rate, after warm-up"),
  weightDecay: z.number().min(0).default(0).describe("weight decay, on every parameter"),
  decay: z
    .enum(decays)
    .describe(
      "zero: shrinks weights by lr·decay; init: the same towards the initial weights; l2: adds decay·weight to the gradient; loss: the same before gradient transforms, as a term of the loss does",
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
  parameterGroups,
};

/** A fixed norm of all weights. */
export const weightNorm = z
  .union([z.number().gt(0), z.literal("initial")])
  .nullable()
  .default(null)
  .describe("norm that all weights together are scaled back to after each step (Omnigrok)");
