/** A curve over steps. */
export interface Curve {
  readonly name: string;
  /** A custom property of the style sheet that has its colour. */
  readonly color: string;
  readonly dash?: readonly number[];
  readonly width?: number;
  /** Whether it stands behind others: the run that a branch was made of. */
  readonly isPale?: boolean;
  /** A value for each step of the chart; null is a gap. */
  readonly values: readonly (number | null)[];
}

/** The space between two curves of a chart, filled. */
export interface Band {
  /** Which curves bound it. */
  readonly between: readonly [number, number];
  readonly color: string;
}

/** A line across a chart: at a step, or at a value. */
export interface Rule {
  readonly at: number;
  readonly label: string;
}

/** What a chart shows. */
export interface ChartData {
  readonly steps: readonly number[];
  readonly curves: readonly Curve[];
  readonly bands?: readonly Band[];
  /** At steps. */
  readonly rules?: readonly Rule[];
  /** At values. */
  readonly levels?: readonly Rule[];
}

/** How values are spaced: accuracies from 0 to 1, losses by their logarithm, other values as they are. */
export type Quantity = "accuracy" | "loss" | "value";
