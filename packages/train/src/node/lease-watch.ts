/** The longest time between two looks that counts, in milliseconds. */
const longestGap = 2_000;

/**
 * Watches whether a lock's holder renews it. Clocks of two machines cannot be compared, so that what
 * counts is whether the file changes while it is watched. A watcher that was itself stopped, or whose
 * network disk did not answer, has not watched meanwhile.
 */
export class LeaseWatch {
  #stamp: string | undefined;
  #last = 0;
  #watchedMs = 0;
  #changes = 0;

  /** How often the file was seen to change. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Takes note of the file as it is.
   *
   * @param stamp its content and its time
   * @param now milliseconds on this process's own clock, from before the file was read
   * @returns for how many milliseconds it was seen unchanged
   */
  look(stamp: string, now: number): number {
    if (stamp === this.#stamp) this.#watchedMs += Math.min(longestGap, now - this.#last);
    else {
      if (this.#stamp !== undefined) this.#changes++;
      this.#stamp = stamp;
      this.#watchedMs = 0;
    }
    this.#last = now;
    return this.#watchedMs;
  }
}
