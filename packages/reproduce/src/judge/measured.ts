/** A run's value: a number, or a time until which something was watched for and had not happened. */
export interface Measured {
  readonly value: number;
  /** False for a run that ended before it happened: it counts as longer than `value`. */
  readonly happened: boolean;
}
