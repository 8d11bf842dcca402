import * as tf from "@tensorflow/tfjs-core";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** Settings of {@link dropout}. */
export interface DropoutOptions {
  /** The share of elements set to zero, in [0, 1). */
  rate: number;
  /** Chooses the mask; an integer, of which the low 32 bits count. */
  key: number;
}

/** A bijection of 32-bit integers that scatters their bits (multiply, xor, shift; after C. Wellons' lowbias32). */
export function scatterBits(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Whether dropout keeps element `index`: scatterBits(scatterBits(index) ^ key) ≥ rate·2³², so that a
 * mask repeats from its key on every backend.
 */
export function keeps(index: number, { rate, key }: DropoutOptions): boolean {
  return scatterBits(scatterBits(index) ^ key) >= Math.round(rate * 2 ** 32);
}

/** The kernel of {@link dropout}. */
export interface DropoutKernels<T = tf.Tensor> {
  GrokDropout: KernelContract<{ x: T }, DropoutOptions>;
}

const dropoutOperation = defineOperation<DropoutKernels["GrokDropout"]>({
  name: "GrokDropout",
  reference: ({ x }, options) => {
    const factor = 1 / (1 - options.rate);
    const mask = Float32Array.from({ length: x.size }, (_, i) => (keeps(i, options) ? factor : 0));
    return [tf.mul(x, tf.tensor(mask, x.shape))];
  },
  saves: { inputs: [], outputs: [] },
  gradient: ([dy], _saved, options) => ({ x: dropout(dy as tf.Tensor, options) }),
});

/**
 * Inverted dropout (Srivastava et al. 2014): zero with probability `rate`, else x/(1 − rate). The
 * mask is a pure function of the key and the element's index, so that a run can be repeated.
 *
 * @param x any shape
 * @returns the shape of `x`
 * @throws RangeError if the rate is outside [0, 1) or the key is no integer
 */
export function dropout<T extends tf.Tensor>(x: T, { rate, key }: DropoutOptions): T {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`dropout: rate ${rate} is outside [0, 1)`);
  }
  if (!Number.isInteger(key)) {
    throw new RangeError(`dropout: key ${key} is not an integer`);
  }
  if (rate === 0) return x;
  return dropoutOperation({ x }, { rate, key: key | 0 })[0] as T;
}
