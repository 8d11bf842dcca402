import { clip } from "@grok/optim";
import * as z from "zod";
import { defineGradientTransform } from "../../kind/define";

/** Scales the gradient down to a largest global norm. */
export const clipKind = defineGradientTransform({
  name: "clip",
  sentence: "scales the gradient down to a largest global norm",
  source: "Pascanu et al. 2013, arXiv 1211.5063",
  value: z.number().gt(0).nullable().default(null).describe("largest global norm of the gradient"),
  place: 10,
  slots: () => 0,
  text: () => null,
  build: (maxNorm) => (maxNorm === null ? null : clip({ maxNorm })),
});
