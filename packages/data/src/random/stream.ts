import {
  type xoroshiro128plus,
  xoroshiro128plusFromState,
} from "pure-rand/generator/xoroshiro128plus";
import { lastOf, piece } from "../pieces";
import { requireInteger } from "../requirement";
import { streamState } from "./key";
import { naturalLogarithm } from "./logarithm";

/**
 * A stream of random numbers; made by {@link randomStream}.
 *
 * It uses only operations that IEEE 754 and integer arithmetic fix, so that the same key gives the
 * same bits in every JavaScript engine.
 */
export class RandomStream {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;
  #spareNormal: number | undefined;

  /** Takes the generator's two 64-bit words of state, each low half first. */
  constructor([s0Low, s0High, s1Low, s1High]: [number, number, number, number]) {
    this.#generator = xoroshiro128plusFromState([s0High, s0Low, s1High, s1Low]);
  }

  /** A multiple of 2⁻³², uniform in [0, 1). */
  uniform(): number {
    return (this.#generator.next() >>> 0) * 2 ** -32;
  }

  /** The next `n` values of {@link uniform}, rounded down to multiples of 2⁻²⁴, so that none is 1. */
  uniformArray(n: number): Float32Array {
    const values = new Float32Array(requireInteger("The number of draws", n, 0));
    for (let i = 0; i < n; i++) values[i] = (this.#generator.next() >>> 8) * 2 ** -24;
    return values;
  }

  /**
   * An integer, uniform in [0, n), without bias.
   *
   * Takes as many high bits as n − 1 has and draws again while they are n or more. High bits,
   * because the low ones of xoroshiro128+ are weak, which a remainder would show.
   *
   * @throws RangeError if n is no safe integer of at least 1
   */
  integer(n: number): number {
    requireInteger("The number of choices", n, 1);
    if (n === 1) return 0;
    const generator = this.#generator;
    if (n <= 2 ** 32) {
      const shift = Math.clz32(n - 1);
      for (;;) {
        const draw = generator.next() >>> shift;
        if (draw < n) return draw;
      }
    }
    const shift = Math.clz32(Math.floor((n - 1) / 2 ** 32));
    for (;;) {
      const high = generator.next() >>> shift;
      const draw = high * 2 ** 32 + (generator.next() >>> 0);
      if (draw < n) return draw;
    }
  }

  /**
   * The next `count` values of {@link integer}.
   *
   * @throws RangeError if n is not from 1 to 2³¹, or the count no integer of at least 0
   */
  integerArray(n: number, count: number): Int32Array {
    requireInteger("The number of choices", n, 1, 2 ** 31);
    const values = new Int32Array(requireInteger("The number of draws", count, 0));
    if (n === 1) return values;
    const generator = this.#generator;
    const shift = Math.clz32(n - 1);
    for (let i = 0; i < count; ) {
      const draw = generator.next() >>> shift;
      if (draw < n) values[i++] = draw;
    }
    return values;
  }

  /**
   * A standard normal number, by Marsaglia's polar method: for (u, v) uniform in the unit disc and
   * s = u² + v², both u·√(−2 ln s / s) and v·√(−2 ln s / s) are normal and independent.
   */
  normal(): number {
    const spare = this.#spareNormal;
    if (spare !== undefined) {
      this.#spareNormal = undefined;
      return spare;
    }
    const generator = this.#generator;
    for (;;) {
      // Half a step off the grid, so that u and v are symmetric about zero and never zero.
      const u = (generator.next() + 0.5) * 2 ** -31;
      const v = (generator.next() + 0.5) * 2 ** -31;
      const s = u * u + v * v;
      if (s >= 1) continue;
      const factor = Math.sqrt((-2 * naturalLogarithm(s)) / s);
      this.#spareNormal = v * factor;
      return u * factor;
    }
  }

  /** The next `n` values of {@link normal}, rounded to float32. */
  normalArray(n: number): Float32Array {
    const values = new Float32Array(requireInteger("The number of draws", n, 0));
    for (let i = 0; i < n; i++) values[i] = this.normal();
    return values;
  }

  /** The numbers 0 … n−1 in an order drawn uniformly from all n!, by Fisher and Yates' shuffle. */
  permutation(n: number): Int32Array {
    return lastOf(this.permuting(n));
  }

  /** {@link permutation} piece by piece, so that something else can be done between. */
  *permuting(n: number): Generator<void, Int32Array, void> {
    const order = new Int32Array(requireInteger("The size of a permutation", n, 0, 2 ** 31));
    for (let from = 0; from < n; from += piece) {
      const to = Math.min(n, from + piece);
      for (let i = from; i < to; i++) {
        const j = this.integer(i + 1);
        order[i] = order[j] as number;
        order[j] = i;
      }
      yield;
    }
    return order;
  }
}

/**
 * The stream of random numbers that belongs to (seed, purpose, step): a pure function, so that a
 * run can be resumed at any step without replaying the steps before it.
 *
 * xoroshiro128+ (pure-rand), started from a hash of the three. Streams whose keys differ in
 * anything are independent.
 *
 * ```ts
 * randomStream(0, "batch", 7).integer(97);
 * ```
 *
 * @param seed any safe integer, negative ones included
 * @param purpose what the numbers are for, e.g. `"split"`: each use has its own stream
 * @param step which step's numbers; 0 for what happens once
 * @throws RangeError if the seed or the step is not such an integer
 */
export function randomStream(seed: number, purpose: string, step = 0): RandomStream {
  return new RandomStream(streamState(seed, purpose, step));
}
