import type { Measured } from "./measured";

/** What the runs say of a quantity. */
export interface Found {
  /** The statistic that is judged, of an order the share of pairs that stand as published; null if the runs give none. */
  readonly ours: number | null;
  /** The least and the greatest value of a run; of one that never got there, how long it was watched. */
  readonly range: readonly [Measured, Measured] | null;
  /** Runs that have a value. */
  readonly runs: number;
  /** Runs of these in which it had not happened when they ended. */
  readonly never: number;
  /** Whether it agrees with what was published; null if that cannot be said. */
  readonly agrees: boolean | null;
  /** How that comes about, as a sentence. */
  readonly reason: string;
  /** Of a test: how likely it would be by chance, and whether that is exact. */
  readonly chance: { readonly p: number; readonly isExact: boolean } | null;
  /** Standard error, degrees of freedom and 95% interval of a joint number. */
  readonly error: number | null;
  readonly degrees: number | null;
  readonly interval: readonly [number, number] | null;
  /** If the published value lies outside of all of ours: where one more seed of ours would lie, in 95%. */
  readonly prediction: readonly [number, number] | null;
  /** Whether the published value lies outside of the range of all of ours. */
  readonly isOutside: boolean;
}

/** What is said of nothing. */
export const nothing: Found = {
  ours: null,
  range: null,
  runs: 0,
  never: 0,
  agrees: null,
  reason: "No run has a value.",
  chance: null,
  error: null,
  degrees: null,
  interval: null,
  prediction: null,
  isOutside: false,
};
