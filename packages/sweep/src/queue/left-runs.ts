/** Milliseconds of a first pause if nothing else comes, doubled up to the last. */
const patienceMs = { first: 1000, max: 30_000 };

/**
 * Runs that a worker leaves to others, as they began on machines that compute otherwise. One is
 * looked at again when somebody else has had it meanwhile.
 */
export class LeftRuns {
  /** The runs' tokens when they were left. */
  readonly #tokens = new Map<string, number>();
  /** How many of them came in a row. */
  #inRow = 0;
  #next = patienceMs.first;

  add(name: string, token: number): void {
    this.#tokens.set(name, token);
    this.#inRow++;
  }

  has(name: string): boolean {
    return this.#tokens.has(name);
  }

  /** Whether a run that comes is as it was left. */
  isStill(name: string, token: number | undefined): boolean {
    const isIt = this.#tokens.has(name) && this.#tokens.get(name) === token;
    if (isIt) this.#inRow++;
    else this.#tokens.delete(name);
    return isIt;
  }

  /** Another run came. */
  others(): void {
    this.#inRow = 0;
    this.#next = patienceMs.first;
  }

  /** Whether nothing but such runs seems to wait. */
  get isAll(): boolean {
    return this.#inRow > this.#tokens.size;
  }

  /** Milliseconds to wait for others. */
  patience(): number {
    const ms = this.#next;
    this.#next = Math.min(2 * ms, patienceMs.max);
    return ms;
  }
}
