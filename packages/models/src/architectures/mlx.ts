import type { TransformerConfig } from "../transformer/config";
import { type TransformerBase, type TransformerOverrides, transformer } from "./overrides";

/**
 * The transformer of mlx-grokking with a SwiGLU whose hidden width follows LLaMA's rule, ⌊2/3·4·width⌋
 * (Touvron et al. 2023), and without dropout: 418,944 parameters at p = 97.
 *
 * Vocabulary: p residues, the operation, `=`; logits over all of it.
 */
export function mlx(p = 97, overrides: TransformerOverrides = {}): TransformerConfig {
  const hidden = (dModel: number, m: number) => Math.floor((2 * m * dModel) / 3);
  return transformer({ ...base(p, true), hidden }, overrides);
}

/** As {@link mlx}, with a feed-forward of two matrices and hidden width 4·width: 419,200 parameters. */
export function mlxUngated(p = 97, overrides: TransformerOverrides = {}): TransformerConfig {
  return transformer(base(p, false), overrides);
}

/** stockeh/mlx-grokking itself: SwiGLU with hidden width 4·width and dropout 0.2: 550,272 parameters. */
export function mlxSwiglu(p = 97, overrides: TransformerOverrides = {}): TransformerConfig {
  return transformer({ ...base(p, true), dropout: 0.2 }, overrides);
}

function base(p: number, gated: boolean): TransformerBase {
  return {
    dModel: 128,
    heads: 1,
    layers: 2,
    context: 4,
    vocabulary: p + 2,
    classes: p + 2,
    norm: { kind: "rms", position: "pre", eps: 1e-5, bias: false },
    finalNorm: true,
    positions: { kind: "rotary", base: 1e6 },
    feedForward: { activation: "silu", gated },
    biases: { attention: false, feedForward: false, head: false },
    tiedHead: false,
    dropout: 0,
    initialisation: "mlx",
  };
}
