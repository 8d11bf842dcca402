/** The most that is read of a run's files; far above what any run writes. Sizes are in bytes, of text in characters. */
export const limits = {
  config: 2 ** 20,
  summary: 2 ** 20,
  /** Two and a half million evaluations. */
  metrics: 2 ** 28,
  analysis: 2 ** 28,
  /** A line of the metrics or the analysis. */
  line: 2 ** 16,
  /** What one read of a file can give in Node. */
  checkpoint: 2 ** 31 - 1,
} as const;
