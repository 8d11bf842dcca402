/** What an axis of a point counts. */
export type PointAxis =
  | "example"
  | "position"
  | "query"
  | "key"
  | "head"
  | "feature"
  | "neuron"
  | "answer"
  | "class";

/** A named place of a forward pass, whose tensor can be read and replaced. */
export interface Point<Name extends string = string> {
  readonly name: Name;
  /** What the axes of its tensor count, the first one first. */
  readonly axes: readonly PointAxis[];
  /** How long each axis is; null if that follows from the batch. */
  readonly shape: readonly (number | null)[];
}

/** The places of one layer of a transformer, without the layer's name. */
export type LayerPoint =
  | `residual.${"pre" | "mid" | "post"}`
  | `${"attentionNorm" | "feedForwardNorm"}.${"input" | "output"}`
  | `attention.${"input" | "query" | "key" | "value" | "scores" | "pattern" | "z" | "output"}`
  | `feedForward.${"input" | "gate" | "in" | "hidden" | "out"}`;

/** The places of a transformer. */
export type TransformerPoint =
  | "tokenEmbedding"
  | "positionEmbedding"
  | `layers.${number}.${LayerPoint}`
  | `finalNorm.${"input" | "output"}`
  | "logits";

/** The places of an MLP: embedding, each hidden layer before and after its activation, logits. */
export type MlpPoint = "embedding" | `layers.${number}${"" | ".hidden"}` | "logits";

/** The places of the built-in networks. */
export type PointName = TransformerPoint | MlpPoint;
