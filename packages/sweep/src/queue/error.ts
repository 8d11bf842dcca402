/** A queue that cannot be used as asked; one sentence says why and what is allowed. */
export class QueueError extends Error {
  override name = "QueueError";
}
