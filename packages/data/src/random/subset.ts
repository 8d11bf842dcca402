import { piece } from "../pieces";
import type { RandomStream } from "./stream";

/**
 * A uniform random subset of 0 … n−1 with k members, by Floyd's algorithm (k draws whatever n), in
 * the order in which they were drawn. It is made piece by piece, so that something else can be done
 * between, and takes 8 bytes a member, and 12 to 24 more while it is made.
 *
 * @param n at most 2⁵³
 * @param k at most n
 */
export function* drawingSubset(
  random: RandomStream,
  n: number,
  k: number,
): Generator<void, Float64Array, void> {
  const members = new Float64Array(k);
  const seen = new NumberSet(k);
  for (let from = 0; from < k; from += piece) {
    const to = Math.min(k, from + piece);
    for (let i = from; i < to; i++) {
      const top = n - k + i;
      const draw = random.integer(top + 1);
      members[i] = seen.add(draw) ? draw : top;
      if (members[i] === top) seen.add(top);
    }
    yield;
  }
  return members;
}

const empty = -1;

/** Integers from 0, in one array: JavaScript's own sets end at 2²⁴ members and take several times as much. */
class NumberSet {
  readonly #slots: Float64Array;
  readonly #mask: number;

  constructor(max: number) {
    const size = 2 ** Math.ceil(Math.log2(1.5 * max + 2));
    this.#slots = new Float64Array(size).fill(empty);
    this.#mask = size - 1;
  }

  /** Adds a number; false if it is there already. */
  add(value: number): boolean {
    // Fibonacci hashing (Knuth, volume 3, section 6.4) of both halves.
    const mixed = Math.imul((value | 0) ^ Math.imul((value / 2 ** 32) | 0, 0x85ebca6b), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & this.#mask;
    for (;;) {
      const held = this.#slots[slot];
      if (held === value) return false;
      if (held === empty) {
        this.#slots[slot] = value;
        return true;
      }
      slot = (slot + 1) & this.#mask;
    }
  }
}
