import { pause } from "./pause";

/** Milliseconds of work before everything else that waits gets a turn. */
const turnMs = 50;

/** Why an evaluation was left: the run is to stop. */
export class StoppedError extends Error {
  override name = "StoppedError";
}

/** Lets others have their turn during long work, and learns then whether it is to stop. */
export class Yielder {
  readonly #signal: AbortSignal | undefined;
  #began = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Lets others have their turn where it is time, and says whether it was. */
  async yieldIfDue(): Promise<boolean> {
    if (performance.now() - this.#began < turnMs) return false;
    await pause();
    this.#began = performance.now();
    return true;
  }

  /**
   * Does work that comes in pieces, in turns with others.
   *
   * @throws StoppedError if the run is to stop before that is done
   */
  async run<T>(work: Generator<void, T, void>): Promise<T> {
    for (;;) {
      const { done, value } = work.next();
      if (done === true) return value;
      await this.yieldOrStop();
    }
  }

  /**
   * {@link yieldIfDue} in the middle of work whose parts mean nothing.
   *
   * @throws StoppedError if the run is to stop
   */
  async yieldOrStop(): Promise<void> {
    if ((await this.yieldIfDue()) && this.#signal?.aborted) throw new StoppedError();
  }
}
