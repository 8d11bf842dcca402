import { hiddenMatrices, muonWithAdamW, type Parameters } from "@grok/optim";
import * as z from "zod";
import { defineOptimizer } from "../../kind/define";
import { momentum, nesterov } from "./settings";

/** Muon for hidden matrices, AdamW for all else. */
export const muonKind = defineOptimizer({
  name: "muon",
  label: "Muon",
  sentence: "momentum with its singular values set to one, for hidden matrices; AdamW for others",
  source: "Jordan et al. 2024, kellerjordan.github.io/posts/muon",
  settings: z.strictObject({
    momentum: momentum(0.95),
    nesterov: nesterov(true),
    adamLr: z
      .number()
      .gt(0)
      .default(3e-4)
      .describe("learning rate of AdamW for what is no hidden matrix, beside Muon"),
  }),
  decay: "zero",
  slots: 1,
  takesGroups: false,
  check: (_, { name, shapes }) => {
    // It looks at names and ranks only.
    const ranks = Object.fromEntries(
      Object.entries(shapes).map(([parameter, { length: rank }]) => [parameter, { rank }]),
    );
    if (hiddenMatrices(ranks as unknown as Parameters).length > 0) return null;
    return `Muon is for hidden matrices, of which model ${name} has none.`;
  },
  build: ({ momentum, nesterov, adamLr }, common) => {
    const { weightDecay, decayTo } = common;
    const adamW = { learningRate: adamLr, weightDecay, decayTo };
    return muonWithAdamW({ ...common, momentum, nesterov, adamW });
  },
});
