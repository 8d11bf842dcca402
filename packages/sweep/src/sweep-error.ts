/** A sweep that cannot be; one sentence says what was wrong, where, and what is allowed. */
export class SweepError extends RangeError {
  override name = "SweepError";
}
