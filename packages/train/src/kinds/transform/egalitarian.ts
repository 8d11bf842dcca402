import { egalitarian } from "@grok/optim";
import * as z from "zod";
import { defineGradientTransform } from "../../kind/define";

/** Moves along all principal directions of a matrix's gradient at one speed. */
export const egalitarianKind = defineGradientTransform({
  name: "egalitarian",
  sentence: "moves along all principal directions of a matrix's gradient at one speed",
  source: "Pasand and Dohmatob 2025",
  value: z
    .boolean()
    .default(false)
    .describe("make each matrix's gradient G into (GGᵀ)^−½G (egalitarian gradient descent)"),
  isLater: true,
  place: 40,
  slots: () => 0,
  text: (isOn) => (isOn ? "egalitarian" : null),
  build: (isOn) => (isOn ? egalitarian() : null),
});
