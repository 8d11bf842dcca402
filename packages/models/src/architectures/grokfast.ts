import type { TransformerConfig } from "../transformer/config";
import { type TransformerOverrides, transformer } from "./overrides";

/**
 * The transformer of Grokfast (Lee et al. 2024, ironjr/grokfast): the norm before attention takes the
 * place of the state, GELU (exact there, within 5e-4 of it here), a final norm, 5 learned positions
 * of which 4 are fed: 422,784 parameters at p = 97.
 *
 * Vocabulary: p residues, the operation, `=`; logits over all of it.
 */
export function grokfast(p = 97, overrides: TransformerOverrides = {}): TransformerConfig {
  return transformer(
    {
      dModel: 128,
      heads: 4,
      layers: 2,
      context: 5,
      vocabulary: p + 2,
      classes: p + 2,
      norm: { kind: "layer", position: "stream", eps: 1e-5, bias: true },
      finalNorm: true,
      positions: { kind: "learned" },
      feedForward: { activation: "gelu", gated: false },
      biases: { attention: true, feedForward: true, head: false },
      tiedHead: false,
      dropout: 0,
      initialisation: "pytorch-attention",
    },
    overrides,
  );
}
