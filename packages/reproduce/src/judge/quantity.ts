import type { FigureRun } from "../result/figure-run";

/** A run's value: a number, or a time until which something was watched for and had not happened. */
export interface Measured {
  readonly value: number;
  /** False for a run that ended before it happened: it counts as longer than `value`. */
  readonly happened: boolean;
}

/** What the source says of a quantity, and what of ours agrees with it. */
export interface Published {
  /** The source's value, as a reader should see it. */
  readonly text: string;
  /**
   * Ours agrees within these bounds, which were set before our runs were looked at; null where there
   * is nothing to judge: ours is given then.
   */
  readonly band: readonly [low: number, high: number] | null;
  /** Where the band comes from. */
  readonly because: string;
}

interface Common {
  readonly name: string;
  /** Arms whose runs it takes. */
  readonly arms: readonly string[];
  readonly published: Published;
  /**
   * Why the source cannot be right about this, from the source alone: two numbers of it that exclude
   * each other, or a definition that cannot give what is shown. Where ours then lies outside of the
   * band, the published figure is inconsistent, and ours is no failure.
   */
  readonly inconsistent?: string;
}

/** A number that each run has; over the runs one statistic is judged. */
export interface RunQuantity extends Common {
  readonly kind: "run";
  readonly unit: Unit;
  /** Null where a run says nothing of it. */
  readonly of: (run: FigureRun) => Measured | null;
  /** Default: the Kaplan–Meier median, in which runs where it never happened count. */
  readonly statistic?: "median" | "greatest" | "least" | "mean";
}

/** A number that all runs together give, such as a fitted exponent. */
export interface JointQuantity extends Common {
  readonly kind: "joint";
  readonly unit: Unit;
  /** What it takes of each run; null where a run says nothing of it. */
  readonly of: (run: FigureRun) => Measured | null;
  /** The number; null where the runs do not give one. */
  readonly over: (
    runs: readonly { readonly run: FigureRun; readonly measured: Measured }[],
  ) => { value: number; error?: number } | null;
}

/** Groups of runs of which each is said to have lower values than the next. */
export interface OrderQuantity extends Common {
  readonly kind: "order";
  /** What is compared of a run. */
  readonly of: (run: FigureRun) => Measured | null;
  /** The group's place in the order that the source claims; null for a run in none. */
  readonly group: (run: FigureRun) => { place: number; label: string } | null;
  /** Runs are compared within such a part alone; default all are. */
  readonly stratum?: (run: FigureRun) => string;
}

/** What is judged of a figure. */
export type Quantity = RunQuantity | JointQuantity | OrderQuantity;

/** What a quantity is counted in. */
export type Unit = "steps" | "epochs" | "seconds" | "share" | "pairs" | "";

/** What a run gives of a quantity: as it was recorded, else from its evaluations. */
export function measuredOf(quantity: Quantity, run: FigureRun): Measured | null {
  return run.values?.[quantity.name] ?? quantity.of(run);
}

/** A number that a run has for certain. */
export function certain(value: number): Measured | null {
  return Number.isFinite(value) ? { value, happened: true } : null;
}

/** A time at which something happened, or null and how long it was watched for. */
export function timeOf(time: number | null, watched: number): Measured {
  return time === null ? { value: watched, happened: false } : { value: time, happened: true };
}
