import type { TransformerConfig } from "../transformer/config";
import { type TransformerOverrides, transformer } from "./overrides";

/**
 * The one-layer transformer of Nanda et al. 2023: no norms, no biases in attention, 3 learned
 * positions, `[a, b, =]`: 226,816 parameters at p = 113.
 *
 * Vocabulary: p residues and `=`; logits over all of it.
 */
export function nanda(p = 113, overrides: TransformerOverrides = {}): TransformerConfig {
  return transformer(
    {
      dModel: 128,
      heads: 4,
      layers: 1,
      context: 3,
      vocabulary: p + 1,
      classes: p + 1,
      norm: { kind: "none", position: "pre", eps: 1e-5, bias: false },
      finalNorm: false,
      positions: { kind: "learned" },
      feedForward: { activation: "relu", gated: false },
      biases: { attention: false, feedForward: true, head: false },
      tiedHead: false,
      dropout: 0,
      initialisation: "nanda",
    },
    overrides,
  );
}
