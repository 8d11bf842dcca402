/** An experiment that cannot be; one sentence says what was wrong, where, and what is allowed. */
export class ExperimentError extends RangeError {
  override name = "ExperimentError";
  /** The caller asked for what cannot be; a command exits with its status for wrong use. */
  readonly isWrongUse = true;
}

/** A run needs more memory than this machine has; another one may do it. */
export class InsufficientMemoryError extends ExperimentError {
  override name = "InsufficientMemoryError";
}

/** Runs checks of other packages and gives what they find wrong as an {@link ExperimentError}. */
export function asExperimentError<T>(check: () => T, prefix = ""): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof RangeError) || error instanceof ExperimentError) throw error;
    const sentence = `${prefix}${error.message}`;
    throw new ExperimentError(sentence.endsWith(".") ? sentence : `${sentence}.`, { cause: error });
  }
}
