/** Share of the time in which the start's budget is spent: a run of a second is to be no run of two. */
const startShare = 0.1;

/**
 * Keeps what is done from time to time within a share of the time: it is due when time enough has passed
 * to pay for it, going by the less of what it took the last two times, as a machine that is busy
 * with something else makes some turns far too long.
 */
export class TimeBudget {
  readonly #share: number;
  /** Milliseconds that are left of what may be spent besides. */
  #start: number;
  #credit = 0;
  #cost = 0;
  #last = Number.POSITIVE_INFINITY;
  #asked: number | null = null;

  /**
   * @param share of all time, e.g. .05
   * @param start milliseconds that may be spent besides, in a tenth of the time, so that the
   *   beginning is seen well
   */
  constructor(share: number, start = 0) {
    this.#share = share;
    this.#start = start;
  }

  /** Whether it is due at a moment in milliseconds. The first time it always is. */
  isDue(now: number): boolean {
    if (this.#asked !== null) {
      // Time saved up, as in a pause, must not be spent all at once.
      const most = Math.max(this.#credit, 2 * this.#cost);
      const passed = now - this.#asked;
      const early = Math.min(this.#start, startShare * passed);
      this.#start -= early;
      this.#credit = Math.min(this.#credit + early + this.#share * passed, most);
    }
    this.#asked = now;
    return this.#credit >= this.#cost;
  }

  /** It was done, and took this many milliseconds. */
  spend(milliseconds: number): void {
    this.#credit -= milliseconds;
    this.#cost = Math.min(milliseconds, this.#last);
    this.#last = milliseconds;
  }
}
