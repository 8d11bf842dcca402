/** A queue that cannot be used as asked; one sentence says why and what is allowed. */
export class QueueError extends Error {
  override name = "QueueError";
  /** The caller asked for what cannot be; a command exits with its status for wrong use. */
  readonly isWrongUse = true;
}

/** What a store has instead of a run's files is none of a run. */
export class DamagedError extends QueueError {}
