/** How logits become probabilities: exp(z)/Σexp(z), or StableMax s(z)/Σs(z) of Prieto et al. 2025. */
export const normalizers = ["softmax", "stablemax"] as const;

/** See {@link normalizers}. */
export type Normalizer = (typeof normalizers)[number];

/**
 * The precision in which the loss is as if computed, of logits that are float32 either way. In float32
 * a label's probability rounds to 1 once the others' come to 6e-8: its loss is then 0 and so is its
 * slope. In float64, as Nanda et al. 2023 and Prieto et al. 2025 have it, that is at 1e-16.
 */
export const lossPrecisions = ["float32", "float64"] as const;

/** See {@link lossPrecisions}. */
export type LossPrecision = (typeof lossPrecisions)[number];

/** Settings of `softmaxCrossEntropy`. */
export interface CrossEntropyOptions {
  /** Consecutive rows that make one example, all of which must be right to count; default 1. */
  group?: number;
  /** Default `softmax`. */
  normalizer?: Normalizer;
  /** Default `float32`. */
  precision?: LossPrecision;
  /**
   * ε: the label's target is 1 − ε + ε/classes, every other class's ε/classes (Szegedy et al. 2016, as
   * PyTorch's `label_smoothing`); default 0. Only with softmax in float32: the loss then never comes
   * near 0, so that float64 would change nothing.
   */
  smoothing?: number;
}
