/** Token sequences of one length, and where their answers are read. */
export interface TokenBatch {
  /** Token ids, sequence after sequence, [size · length]. */
  tokens: Int32Array;
  /** Real-valued inputs, [size · features], of an MLP that takes them; then there are no tokens. */
  features?: Float32Array;
  /** Sequences. */
  size: number;
  /** Tokens per sequence; an MLP's slots. */
  length: number;
  /** Positions whose state gives logits, ascending; an MLP does not look at them. */
  answerPositions: readonly number[];
}
