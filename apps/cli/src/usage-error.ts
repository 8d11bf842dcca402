/** A command that cannot be carried out as asked; one sentence says what was wrong and what is allowed. */
export class UsageError extends Error {
  override name = "UsageError";
  /** The caller asked for what cannot be; a command exits with its status for wrong use. */
  readonly isWrongUse = true;
}
