import { QueueError } from "./error";
import type { Trouble } from "./trouble";

/** Milliseconds that a wait for the store is silent. */
const silentMs = 5000;

/** Milliseconds before what failed for a reason that passes is tried again, doubled up to the last. */
const retryMs = { first: 200, max: 5000 };

/** Milliseconds without a complaint after which a full store had room again. */
const apartMs = 60_000;

/** Settings of {@link StoreWaits}. */
export interface StoreWaitsOptions {
  /** The store as it may be shown. */
  shown: string;
  /** Milliseconds after which a wait ends with an error. */
  limitMs: number;
  /** Is told what is waited for, in a sentence. */
  tell: (sentence: string) => void;
  /** What an error means; null for one that is not the store's. */
  troubleOf: (error: Error) => Trouble | null;
  /** Tries to free the store's memory; the number of results that left it. */
  free: () => Promise<number>;
}

/**
 * Every wait for a store: it is told after 5 s, tries again what fails for a reason that passes, and
 * ends with one sentence: after a limit, at once for a reason that stays, or when all is given up.
 */
export class StoreWaits {
  readonly #options: StoreWaitsOptions;
  readonly #over = new AbortController();
  /** Since when the store has been said to be full, and when it was said last. */
  #full: { since: number; last: number } | null = null;

  constructor(options: StoreWaitsOptions) {
    this.#options = options;
  }

  /** Aborted with a `QueueError` once the store is of no use any more: every wait ends with it. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Ends all waits, those to come as well; the first reason counts. */
  end(reason: QueueError): void {
    if (!this.#over.signal.aborted) this.#over.abort(reason);
  }

  /**
   * Notes an error that nobody waits for, as of a worker that looks for jobs. One that stays ends all
   * waits, and so does a full store once it has been full for as long as a wait may take.
   */
  note(error: Error): void {
    const trouble = this.#options.troubleOf(error);
    if (trouble === null) return;
    if (trouble.kind === "final") return this.end(new QueueError(trouble.sentence));
    this.#options.tell(trouble.sentence);
    if (trouble.kind !== "full") return;
    const now = performance.now();
    const { since, last } = this.#full ?? { since: now, last: now };
    this.#full = now - last > apartMs ? { since: now, last: now } : { since, last: now };
    const { limitMs } = this.#options;
    if (now - this.#full.since < limitMs) return;
    const seconds = Math.round(limitMs / 1000);
    this.end(new QueueError(`${trouble.sentence} It has been so for ${seconds} s.`));
  }

  /**
   * Waits for the store.
   *
   * @param what is done meanwhile, as in "while it adds runs": "adding runs"
   * @param act may be called more than once
   * @throws QueueError if the wait has an end without a result; what `act` throws that is no trouble
   *   of the store
   */
  async for<T>(what: string, act: () => Promise<T>): Promise<T> {
    const { shown, limitMs, tell } = this.#options;
    const over = this.#over.signal;
    over.throwIfAborted();
    const enough = new AbortController();
    const patience = AbortSignal.any([over, enough.signal]);
    const told = setTimeout(
      () => tell(`Waiting for ${shown}, which does not answer: ${what}.`),
      Math.min(silentMs, limitMs / 2),
    );
    const limit = setTimeout(() => {
      const seconds = Math.round(limitMs / 1000);
      const sentence = `${shown} did not answer within ${seconds} s (${what}).`;
      enough.abort(new QueueError(`${sentence} What is stored there continues when it is back.`));
    }, limitMs);
    try {
      return await Promise.race([this.#persist(act, patience), rejected(patience)]);
    } finally {
      clearTimeout(told);
      clearTimeout(limit);
      // Lets go of what still listens.
      enough.abort();
    }
  }

  async #persist<T>(act: () => Promise<T>, patience: AbortSignal): Promise<T> {
    const { troubleOf, tell, free } = this.#options;
    for (let wait = retryMs.first; ; wait = Math.min(2 * wait, retryMs.max)) {
      try {
        return await act();
      } catch (error) {
        if (patience.aborted || error instanceof QueueError) throw error;
        const trouble = troubleOf(error as Error);
        if (trouble === null) throw error;
        if (trouble.kind === "final") {
          this.end(new QueueError(trouble.sentence, { cause: error }));
          throw this.#over.signal.reason;
        }
        if (trouble.kind === "full" && (await free().catch(() => 0)) > 0) continue;
        tell(trouble.sentence);
        await pause(wait, patience);
      }
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
