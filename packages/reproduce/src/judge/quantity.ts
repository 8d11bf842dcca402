import type { AskedRun } from "../figure/asked-run";
import type { FigureRun } from "../result/figure-run";
import type { Measured } from "./measured";

/** What the source says of a quantity, and what of ours agrees with it. */
export interface Published {
  /** The source's value, as a reader should see it. */
  readonly text: string;
  /**
   * The source's value as a number, if it is one run's: if it lies outside of all of ours, that is said
   * with a prediction interval, whatever the band.
   */
  readonly value?: number;
  /**
   * Ours agrees within these bounds, which were set before our runs were looked at; null if there is
   * nothing to judge: ours is given then.
   */
  readonly band: readonly [low: number, high: number] | null;
  /** Where the band comes from. */
  readonly because: string;
  /** Whether the band is a convention, such as a factor of 2, and nothing measured stands behind it. Default false. */
  readonly isConvention?: boolean;
}

interface Common {
  readonly name: string;
  /** Arms whose runs it takes. */
  readonly arms: readonly string[];
  readonly published: Published;
  /**
   * Why the source cannot be right about this, from the source alone: two numbers of it that exclude
   * each other, or a definition that cannot give what is shown. If ours then lies outside of the band,
   * the published figure is inconsistent, and ours is no failure.
   */
  readonly inconsistent?: string;
}

/** A number that each run has; over the runs one statistic is judged. */
export interface RunQuantity extends Common {
  readonly kind: "run";
  readonly unit: Unit;
  /** Null if a run says nothing of it. */
  readonly of: (run: FigureRun) => Measured | null;
  /** Default: the Kaplan–Meier median, in which runs where it never happened count. */
  readonly statistic?: "median" | "greatest" | "least" | "mean";
  /**
   * Runs below which it gets no verdict; default as many as the figure has seeds, and 5 at most, as bands
   * are stated for the median of 5.
   */
  readonly needs?: number;
}

/** A number that all runs together give, such as a fitted exponent. It is judged on the full set. */
export interface JointQuantity extends Common {
  readonly kind: "joint";
  readonly unit: Unit;
  /** What it takes of each run; null if a run says nothing of it. */
  readonly of: (run: FigureRun) => Measured | null;
  /** The number; null if the runs do not give one. */
  readonly over: (runs: readonly Valued[]) => Estimate | null;
}

/** A number with what is known of its error. */
export interface Estimate {
  readonly value: number;
  /** Its standard error. */
  readonly error?: number;
  /** Degrees of freedom of that. */
  readonly degrees?: number;
  /** Its 95% confidence interval. */
  readonly interval?: readonly [low: number, high: number];
}

/** A number of each run that is said to be above 0: judged by the exact sign test. */
export interface DirectionQuantity extends Common {
  readonly kind: "direction";
  readonly unit: Unit;
  /** What it takes of each run; null if a run says nothing of it. */
  readonly of: (run: FigureRun) => Measured | null;
}

/** A run with its value. */
export interface Valued {
  readonly run: FigureRun;
  readonly measured: Measured;
}

/** What a run is set to, which is known before it is done. */
export type Planned = Pick<AskedRun, "arm" | "settings">;

/** Groups of runs of which each is said to have lower values than the next. */
export interface OrderQuantity extends Common {
  readonly kind: "order";
  /** What is compared of a run. */
  readonly of: (run: FigureRun) => Measured | null;
  /** The group's place in the order that the source claims; null for a run in none. */
  readonly group: (run: Planned) => { place: number; label: string } | null;
  /** Runs are compared within such a part alone; default all are. */
  readonly stratum?: (run: Planned) => string;
  /**
   * What the claim is about, if that is not the run, e.g. an operation: runs of one unit are no
   * independent evidence, however many there are. Default: each run is a unit.
   */
  readonly claimUnit?: {
    /** The unit that a run belongs to. */
    readonly of: (run: Planned) => string;
    /** What several units are called, e.g. "operations". */
    readonly plural: string;
  };
}

/** What is judged of a figure. */
export type Quantity = RunQuantity | JointQuantity | DirectionQuantity | OrderQuantity;

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
