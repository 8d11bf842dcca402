import type { ActivationKind } from "@grok/ops";

/** An MLP as far as closed-form measures need to know it; an `MlpConfig` is one. */
export interface MlpShape {
  readonly input: { readonly kind: "embedding" | "one-hot" | "features" };
  /** Tokens per example. */
  readonly slots: number;
  readonly width: number;
  /** Linear layers, the last included. */
  readonly depth: number;
  /** Hidden pre-activations are multiplied by width^−alpha. */
  readonly alpha: number;
  readonly biases: boolean;
  readonly activation: ActivationKind;
}

/** A factor of the linear map from hidden neurons to logits. */
export interface LogitFactor {
  /** The parameter's name. */
  readonly parameter: string;
  /** Whether the parameter is [out, in] instead of [in, out]. */
  readonly transpose: boolean;
  /** Whether it is a norm's gain, one number per feature, instead of a matrix. */
  readonly gain?: boolean;
}

/** Where measures and pictures find things in a network; null for what the network does not have. */
export interface Anatomy {
  /** What the network is, for sentences: `"a transformer"`. */
  readonly words: string;
  /**
   * The parameter whose rows belong to symbols. With 2 `blocks` it has the rows of a first and then
   * those of b, as the first weight of an MLP on one-hot operands.
   */
  readonly embedding: { readonly parameter: string; readonly blocks: number } | null;
  /** The factors from the last hidden neurons to the logits, in the order in which they apply. */
  readonly neuronsToLogits: readonly LogitFactor[] | null;
  /** Whether `forward` tells hidden activations. */
  readonly hidden: boolean;
  readonly attention: { readonly layers: number; readonly heads: number } | null;
  /** Given if the network is an MLP of this form, whose tangent kernel has a closed form. */
  readonly mlp: MlpShape | null;
}
