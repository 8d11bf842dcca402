/** A link that is none to an experiment; one sentence says what was wrong and what is allowed. */
export class LinkError extends RangeError {
  override name = "LinkError";
}
