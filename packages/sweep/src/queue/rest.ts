/** Milliseconds of a first rest, doubled up to the last. */
const restMs = { first: 5000, max: 300_000 };

/** Settings of {@link Rest}. */
export interface RestOptions {
  /** Milliseconds of the first rest; default 5,000, doubled up to 5 minutes. */
  firstMs?: number;
  pause: () => void;
  resume: () => void;
}

/** Lets a worker take no runs for a while, and for longer if that did not help. */
export class Rest {
  readonly #options: RestOptions;
  #next: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RestOptions) {
    this.#options = options;
    this.#next = this.#first;
  }

  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins a rest; gives its milliseconds, or null if there is one already. */
  begin(): number | null {
    if (this.isOn) return null;
    const ms = this.#next;
    this.#next = Math.min(2 * ms, restMs.max);
    this.#options.pause();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#options.resume();
    }, ms);
    return ms;
  }

  /** What called for rests is over: the next one is a first. */
  helped(): void {
    this.#next = this.#first;
  }

  /** Ends it without a resumption. */
  end(): void {
    clearTimeout(this.#timer);
  }

  get #first(): number {
    return this.#options.firstMs ?? restMs.first;
  }
}
