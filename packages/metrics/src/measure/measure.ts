import type { RunContext, Snapshot } from "./snapshot";

/** What a measure takes: alike for every network, or growing with it. */
export type MeasureCost = "cheap" | "moderate" | "expensive" | "extreme";

/** The values of a measure's columns; null if one is not defined, as JSON has no NaN. */
export type MeasureValues = Record<string, number | null>;

/** The groups in which measures are asked for: those that are built in, or any other name. */
export type MeasureGroup =
  | "order-parameters"
  | "progress"
  | "numerics"
  | "sharpness"
  | "learning-coefficient"
  | "subnetwork"
  | "target-alignment"
  | "clock-pizza"
  | (string & {});

/** A named measure that turns a network at one moment into columns of numbers. */
export interface Measure {
  readonly name: string;
  readonly group: MeasureGroup;
  /** The names of its numbers in metrics.jsonl. */
  readonly columns: readonly string[];
  /** What it says, in a sentence. */
  readonly description: string;
  /** Where its formula is from. */
  readonly source: string;
  /**
   * cheap: about as much as evaluating all examples once, which is shared by all that need it;
   * moderate: some times that; expensive: gradients for each of many examples, or many of all;
   * extreme: thousands of gradients of all, so it must be asked for by its own name.
   */
  readonly cost: MeasureCost;
  /** Why a run cannot have it, or null if it can. */
  readonly unavailable: (context: RunContext) => string | null;
  /** Its columns at a moment. */
  readonly compute: (snapshot: Snapshot) => Promise<MeasureValues>;
}
