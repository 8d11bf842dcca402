/** An extension that cannot be used; one sentence names its file, the part, and what is allowed. */
export class ExtensionError extends RangeError {
  override name = "ExtensionError";
}
