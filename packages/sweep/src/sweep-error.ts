import { spelledOut } from "@grok/train/front-end";

/** A sweep that cannot be; one sentence says what was wrong, where, and what is allowed. */
export class SweepError extends RangeError {
  override name = "SweepError";
  /** The caller asked for what cannot be; a command exits with its status for wrong use. */
  readonly isWrongUse = true;

  constructor(message: string, options?: ErrorOptions) {
    // What it repeats of a file must not steer the terminal that shows it.
    super(spelledOut(message), options);
  }
}
