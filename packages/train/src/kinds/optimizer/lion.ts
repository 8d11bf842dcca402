import { lion } from "@grok/optim";
import * as z from "zod";
import { defineOptimizer } from "../../kind/define";
import { beta1, beta2 } from "./settings";

/** The sign of a mean of gradients. */
export const lionKind = defineOptimizer({
  name: "lion",
  label: "Lion",
  sentence: "the sign of a mean of gradients",
  source: "Chen et al. 2023, arXiv 2302.06675",
  settings: z.strictObject({ beta1: beta1(0.9), beta2: beta2(0.99) }),
  decay: "zero",
  slots: 1,
  build: ({ beta1, beta2 }, common) => lion({ ...common, beta1, beta2 }),
});
