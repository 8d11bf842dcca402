import type { InitStds } from "@grok/models";
import * as z from "zod";

const scale = z.number().gt(0).default(1);

/** Factors that every network may have. */
export const scales = {
  initialScale: scale.describe("every initial parameter is multiplied by it (Omnigrok's α)"),
  outputScale: scale.describe("logits are multiplied by it (α of Kumar et al. 2024)"),
};

/** Flags of {@link scales}. */
export const scaleFlags = { initialScale: { name: "initScale" } } as const;

const std = (what: string) =>
  z
    .number()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      `standard deviation of the normal that initial ${what} are drawn from; by default the initialisation's own`,
    );

/** Deviations of initial values, by what they are for, that every network may have. */
export const initStds = {
  embeddingDeviation: std("token embeddings"),
  weightDeviation: std("weights of linear maps"),
  biasDeviation: std("biases of linear maps"),
};

/** Those of a transformer alone. */
export const transformerInitStds = {
  positionDeviation: std("position embeddings"),
  projectionDeviation: std("query, key and value weights"),
  attentionBiasDeviation: std("biases inside attention"),
  unembeddingDeviation: std("weights of the map to the logits"),
};

const roles = {
  embeddingDeviation: "embedding",
  weightDeviation: "weight",
  biasDeviation: "bias",
  positionDeviation: "positions",
  projectionDeviation: "projection",
  attentionBiasDeviation: "attentionBias",
  unembeddingDeviation: "unembedding",
} as const;

/** The deviations that settings have, as a network's config has them: none if there are none. */
export function initStdsOf(settings: { readonly [K in keyof typeof roles]?: number | null }): {
  initStds?: InitStds;
} {
  const given = Object.entries(roles).flatMap(([key, role]) => {
    const value = settings[key as keyof typeof roles] ?? null;
    return value === null ? [] : [[role, value] as const];
  });
  return given.length === 0 ? {} : { initStds: Object.fromEntries(given) };
}
