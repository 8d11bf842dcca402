import { adam, adamW } from "@grok/optim";
import * as z from "zod";
import { defineOptimizer } from "../../kind/define";
import { beta1, beta2 } from "./settings";

const settings = z.strictObject({
  beta1: beta1(0.9),
  beta2: beta2(0.999),
  eps: z.number().gt(0).default(1e-8).describe("added to the root of the squared gradient's mean"),
  biasCorrection: z
    .boolean()
    .default(true)
    .describe("correct Adam's means for their start at zero"),
});

/** Adam with decoupled weight decay. */
export const adamwKind = defineOptimizer({
  name: "adamw",
  label: "AdamW",
  sentence: "Adam with decoupled weight decay",
  source: "Loshchilov and Hutter 2019, arXiv 1711.05101",
  settings,
  decay: "zero",
  slots: 2,
  build: ({ beta1, beta2, eps, biasCorrection }, common) =>
    adamW({ ...common, beta1, beta2, eps, biasCorrection }),
});

/** Adam, whose weight decay is PyTorch's, a term of the gradient. */
export const adamKind = defineOptimizer({
  name: "adam",
  label: "Adam",
  sentence: "Adam; weight decay is a term of the gradient",
  source: "Kingma and Ba 2015, arXiv 1412.6980",
  settings,
  decay: "l2",
  slots: 2,
  build: ({ beta1, beta2, eps, biasCorrection }, common) =>
    adam({ ...common, beta1, beta2, eps, biasCorrection }),
});
