/** What measures need to know of an MLP; an `MlpConfig` of @grok/models is one. */
export interface MlpShape {
  readonly kind: "mlp";
  readonly input: { readonly kind: "embedding" | "one-hot" };
  readonly slots: number;
  readonly width: number;
  /** Linear layers, the last included. */
  readonly depth: number;
  readonly alpha: number;
  /** Whether the linear layers have biases; default true. */
  readonly biases?: boolean;
  readonly activation: "relu" | "gelu" | "silu";
}

/** What measures need to know of a transformer; a `TransformerConfig` of @grok/models is one. */
export interface TransformerShape {
  readonly kind: "transformer";
  readonly layers: number;
  readonly tiedHead: boolean;
  readonly finalNorm: boolean;
  readonly norm: { readonly kind: string; readonly position: "pre" | "post" | "stream" };
}

/** A network as far as measures need to know it. */
export type NetworkShape = MlpShape | TransformerShape;
