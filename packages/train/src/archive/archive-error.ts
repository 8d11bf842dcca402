/** An archive that is no run's; one sentence says what was wrong, where, and what is allowed. */
export class ArchiveError extends RangeError {
  override name = "ArchiveError";
}
