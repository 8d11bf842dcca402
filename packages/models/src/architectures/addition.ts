import type { TransformerConfig } from "../transformer/config";
import { type TransformerOverrides, transformer } from "./overrides";

/**
 * The smallest network of yhavinga/gpt-acc-jax that adds ten-digit numbers: 777
 * parameters.
 *
 * Vocabulary: the digits, `+`, `=`, padding, end of sequence; 35 learned positions.
 */
export function addition777(overrides: TransformerOverrides = {}): TransformerConfig {
  return transformer({ ...base, context: 35, vocabulary: 14, classes: 14 }, overrides);
}

/**
 * The same block on modular addition, in PyTorch (menonpg/tiny-transformers): 1,162 parameters at
 * p = 97. LayerNorm's eps is PyTorch's default; its GELU is the exact one there, and within 5e-4 of
 * it here.
 *
 * Vocabulary: p residues, the operation, `=`; 5 learned positions.
 */
export function tinyModular(p = 97, overrides: TransformerOverrides = {}): TransformerConfig {
  const shape = { context: 5, vocabulary: p + 2, classes: p + 2 };
  const norm = { ...base.norm, eps: 1e-5 };
  return transformer(
    { ...base, ...shape, norm, initialisation: "pytorch-small-tables" },
    overrides,
  );
}

/** LayerNorm's eps and GELU's tanh form are flax's and jax's defaults. */
const base = {
  dModel: 7,
  heads: 1,
  layers: 1,
  norm: { kind: "layer", position: "pre", eps: 1e-6, bias: true },
  finalNorm: true,
  positions: { kind: "learned" },
  feedForward: { activation: "gelu", gated: false },
  multiplier: 2,
  biases: { attention: false, feedForward: false, head: false },
  tiedHead: true,
  dropout: 0,
  initialisation: "flax",
} as const;
