import { defineNetwork } from "@grok/models";
import { linear, scale } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import { defineModel } from "../../kind/define";
import { scaleFlags, scales } from "./scales";

const source = "Kumar et al. 2024, arXiv 2310.06110";
const words = "a committee machine";

/**
 * A committee machine that is nearly linear (Kumar et al. 2024): the mean of N features that have no
 * weights behind them,
 *
 *     f(x) = α/N Σ_k (h_k + ε/2·h_k²),  h = W·x,
 *
 * with W from N(0, 1/d). At a large α training stays lazy, as W need hardly move; ε is how much of the
 * features' curvature a linear network would not have.
 */
export const committee = defineModel({
  name: "committee",
  sentence: "a mean of nearly linear features of real-valued inputs",
  source,
  settings: z.strictObject({
    width: z.int().min(1).max(65_536).describe("features of an MLP's hidden layers"),
    curvature: z
      .number()
      .min(0)
      .describe("ε of a committee's features h + ε/2·h² (Kumar et al. 2024)"),
    ...scales,
  }),
  flags: scaleFlags,
  usesStockOperations: true,
  variants: {
    committee: {
      sentence: "a mean of nearly linear features of real-valued inputs",
      source,
      settings: { width: 500, curvature: 0.25 },
    },
  },
  shortcuts: [],
  traits: () => ({ words, input: "features", readsFeatures: true, isCausal: false, layout: null }),
  build: ({ width, curvature, initialScale, outputScale }, { features, values }) => {
    if (features === 0 || values !== 1) {
      throw new RangeError(
        "model committee takes real-valued inputs and gives one value, as task polynomial has them",
      );
    }
    return defineNetwork({
      parameters: { weight: { shape: [features, width] } },
      distribution: () => ({ kind: "normal", std: initialScale / Math.sqrt(features) }),
      forward: ({ weight }, input) => {
        const h = linear(input.features, weight); // [n, width]
        const member = tf.add(h, scale(tf.square(h), curvature / 2)); // [n, width]
        return scale(tf.sum(member, 1, true), outputScale / width); // [n, 1]
      },
      anatomy: { words },
    });
  },
});
