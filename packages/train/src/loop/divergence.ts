/** Training went out of the finite numbers; a run that does has failed. */
export class DivergenceError extends Error {
  override name = "DivergenceError";
  /** The step, counted from 1, whose update was computed from it. */
  readonly step: number;

  constructor(what: string, value: number, step: number) {
    super(`${what} at step ${step} is ${value}; the run cannot continue.`);
    this.step = step;
  }
}
