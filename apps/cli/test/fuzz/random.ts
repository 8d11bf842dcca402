import { type RandomStream, randomStream } from "@grok/data";

/** Draws that depend on nothing but a seed and the number of the case. */
export class Random {
  readonly #stream: RandomStream;

  constructor(seed: number, format: string, index: number) {
    this.#stream = randomStream(seed, `fuzz ${format}`, index);
  }

  /** A whole number from 0, below a limit. */
  below(limit: number): number {
    return this.#stream.integer(limit);
  }

  /** Whether something of this probability happens. */
  chance(probability: number): boolean {
    return this.#stream.integer(2 ** 20) < probability * 2 ** 20;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}
