/** An extension that cannot be used; one sentence names its file, the part, and what is allowed. */
export class ExtensionError extends RangeError {
  override name = "ExtensionError";
  /** The caller asked for what cannot be; a command exits with its status for wrong use. */
  readonly isWrongUse = true;
}
