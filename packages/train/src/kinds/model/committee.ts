import { linear, scale } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import { defineModel } from "../../kind/define";
import { scales } from "./scales";

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
  sentence: "a mean of nearly linear features of real-valued inputs, without weights behind them",
  source: "Kumar et al. 2024, arXiv 2310.06110",
  words: "a committee machine",
  input: "features",
  settings: z.strictObject({
    width: z.int().min(1).max(65_536).default(500).describe("features of an MLP's hidden layers"),
    curvature: z
      .number()
      .min(0)
      .default(0.25)
      .describe("ε of a committee's features h + ε/2·h² (Kumar et al. 2024)"),
    outputScale: scales.outputScale,
  }),
  parameters: ({ width }, { features, values }) => {
    if (features === 0 || values !== 1) {
      throw new RangeError(
        "model committee takes real-valued inputs and gives one value, as task polynomial has them",
      );
    }
    return { weight: { shape: [features, width], fanIn: features } };
  },
  forward: ({ weight }, { features }, { settings: { width, curvature, outputScale } }) => {
    const h = linear(features, weight); // [n, width]
    const member = tf.add(h, scale(tf.square(h), curvature / 2)); // [n, width]
    const mean = scale(tf.sum(member, 1, true), 1 / width); // [n, 1]
    return scale(mean, outputScale); // [n, 1]
  },
});
