/**
 * What a network answers to every pair (a, b): for each its likeliest answers, the first one first.
 * Probabilities are in 255ths.
 */
export interface AnswersView {
  /** Elements per side. */
  readonly size: number;
  /** How many answers are kept of each pair: 3 for p up to 113 or so, fewer above. */
  readonly depth: number;
  /** Classes, [size², depth]. */
  readonly classes: Uint8Array | Uint16Array;
  /** Their probabilities, [size², depth]. */
  readonly shares: Uint8Array;
  /** The right answer's probability, [size²]. */
  readonly right: Uint8Array;
}

/** Points in a plane: real coordinates are these times `unit`. */
export interface PlaneView {
  /** x and y of each, [points, 2]. */
  readonly points: Int8Array;
  readonly unit: number;
}

/** The embedding along its first two principal components, a point for each symbol. */
export interface EmbeddingView extends PlaneView {
  /** The share of the variance along each. */
  readonly explained: readonly [number, number];
}

/** The embedding in the plane of one frequency, a point for each exponent of the group. */
export interface CircleView extends PlaneView {
  readonly frequency: number;
  /** The shorter axis of its ellipse divided by the longer one: 1 for a circle. */
  readonly roundness: number;
}

/** What is periodic in the network. */
export interface WavesView {
  /** The embedding's power by frequency, 0 being the constant: [⌊order/2⌋ + 1]. */
  readonly embedding: Float32Array;
  /** The logits' power along cos and sin of w_k(a + b); null if the table is too large. */
  readonly logits: Float32Array | null;
  /** The fewest frequencies with 95% of the logits' power (of the embedding's, without logits). */
  readonly keys: readonly number[];
  /** The planes of all frequencies that the embedding holds and that span one, rising. */
  readonly circles: readonly CircleView[];
}

/** Attention, averaged over the scene's inputs: [layer, head, from, to] in 255ths. */
export type AttentionView = Uint8Array;

/** The inside of a network at one step, small enough that hundreds can be kept. */
export interface NetworkView {
  readonly step: number;
  /** What it took to compute. */
  readonly milliseconds: number;
  readonly answers: AnswersView | null;
  readonly embedding: EmbeddingView | null;
  readonly waves: WavesView | null;
  readonly attention: AttentionView | null;
  /** The input that was chosen at the time; null if there is no table. */
  readonly pair: PairLook | null;
  /** Columns of @grok/metrics by name; one that was left out this time is absent. */
  readonly measures: Readonly<Record<string, number | null>>;
}

/** What the network makes of one input at a step. */
export interface PairLook {
  readonly step: number;
  readonly a: number;
  readonly b: number;
  /** The logit of each class, [classes]. */
  readonly logits: Float32Array;
  /** [layer, head, from, to], or null for a network without attention. */
  readonly attention: Float32Array | null;
}
