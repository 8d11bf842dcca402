/** What a figure needs to know of an axis. */
export interface Axis {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  /** Labelled ticks. */
  readonly major: readonly number[];
  /** Ticks without a label. */
  readonly minor: readonly number[];
  readonly format: (tick: number) => string;
  /** What is measured, with its unit. */
  readonly label: string;
}
