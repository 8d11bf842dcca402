import { dataAt, dataLimit } from "../data-file/reference";
import { extensionLimit } from "../extension/format";
import { extensionAt } from "../extension/name";
import { analysisName, configName, metricsName, summaryName } from "./names";

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

/** The most bytes that a file of a run may have; text has at least one byte per character. */
export function byteLimit(name: string): number {
  switch (name) {
    case configName:
      return 4 * limits.config;
    case summaryName:
      return 4 * limits.summary;
    case metricsName:
    case analysisName:
      // What a text of Node can hold.
      return limits.metrics;
    default:
      if (extensionAt(name) !== null) return extensionLimit;
      return dataAt(name) === null ? limits.checkpoint : dataLimit;
  }
}
