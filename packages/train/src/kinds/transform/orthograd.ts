import { orthogonal } from "@grok/optim";
import * as z from "zod";
import { defineGradientTransform } from "../../kind/define";

/** Leaves of the gradient what is orthogonal to the weights. */
export const orthogradKind = defineGradientTransform({
  name: "orthograd",
  sentence: "leaves of the gradient what is orthogonal to the weights",
  source: "Prieto et al. 2025, arXiv 2501.04697",
  value: z
    .boolean()
    .default(false)
    .describe("use only the gradient's part orthogonal to the weights (⊥Grad)"),
  place: 30,
  slots: () => 0,
  text: (isOn) => (isOn ? "⊥Grad" : null),
  build: (isOn) => (isOn ? orthogonal() : null),
});
