/** A run folder that cannot be used as asked; one sentence says why and what to do. */
export class RunError extends Error {
  override name = "RunError";
  /** The caller asked for what cannot be; a command exits with its status for wrong use. */
  readonly isWrongUse = true;
}

/** A run would continue where something else computes it, and was not allowed to. */
export class EnvironmentError extends RunError {
  override name = "EnvironmentError";
  /** The sentence without what allows it and without its full stop, for front ends that cannot. */
  readonly reason: string;

  /**
   * @param reason without its full stop
   * @param advice what allows it all the same, as the end of the sentence
   */
  constructor(reason: string, advice?: string) {
    super(`${reason}${advice === undefined ? "" : `; ${advice}`}.`);
    this.reason = reason;
  }
}
