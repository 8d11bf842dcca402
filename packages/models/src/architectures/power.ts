import type { TransformerConfig } from "../transformer/config";
import { type TransformerOverrides, transformer } from "./overrides";

/**
 * The transformer of Power et al. 2022, Appendix A.1, as JohanLi233/grokking has it in PyTorch's own
 * encoder layers: 422,528 parameters at p = 97.
 *
 * Vocabulary: p residues, the operation, `=`; 5 learned positions.
 */
export function power(p = 97, overrides: TransformerOverrides = {}): TransformerConfig {
  return transformer(
    {
      ...postNorm,
      context: 5,
      vocabulary: p + 2,
      classes: p + 2,
      positions: { kind: "learned" },
      biases: { attention: true, feedForward: true, head: false },
      initialisation: "pytorch-encoder",
    },
    overrides,
  );
}

/**
 * The paper's own code, openai/grok: no biases but the norms', sinusoidal positions: 455,424
 * parameters at p = 97.
 *
 * Vocabulary: end of sequence, `=`, 20 operations, p residues, the 120 permutations of S5. The
 * context, 50, is the original's and has no parameters.
 */
export function openai(p = 97, overrides: TransformerOverrides = {}): TransformerConfig {
  const vocabulary = 2 + 20 + p + 120;
  return transformer(
    {
      ...postNorm,
      context: 50,
      vocabulary,
      classes: vocabulary,
      positions: { kind: "sinusoidal" },
      biases: { attention: false, feedForward: false, head: false },
      initialisation: "pytorch",
    },
    overrides,
  );
}

/**
 * danielmamay/grokking: as {@link openai}, with 4 learned positions and a vocabulary of p residues,
 * the operation and `=`: 420,096 parameters at p = 97.
 */
export function danielmamay(p = 97, overrides: TransformerOverrides = {}): TransformerConfig {
  return transformer(
    {
      ...postNorm,
      context: 4,
      vocabulary: p + 2,
      classes: p + 2,
      positions: { kind: "learned" },
      biases: { attention: false, feedForward: false, head: false },
      initialisation: "pytorch-attention",
    },
    overrides,
  );
}

/** What the three have in common. LayerNorm's eps is PyTorch's default. */
const postNorm = {
  dModel: 128,
  heads: 4,
  layers: 2,
  norm: { kind: "layer", position: "post", eps: 1e-5, bias: true },
  finalNorm: false,
  feedForward: { activation: "relu", gated: false },
  tiedHead: false,
  dropout: 0,
} as const;
