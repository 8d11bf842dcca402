/** A run folder that cannot be used as asked; one sentence says why and what to do. */
export class RunError extends Error {
  override name = "RunError";
}

/** A run would go on where something else computes it, and was not allowed to. */
export class EnvironmentError extends RunError {
  override name = "EnvironmentError";
}
