import * as tf from "@tensorflow/tfjs-core";
import { backendFacts } from "./backend-facts";

/** The least and the greatest of some integers. */
export interface Range {
  least: number;
  greatest: number;
}

/** The range of every `step`-th integer from `from` on; of none of them the least is above the greatest. */
export function rangeOf(integers: ArrayLike<number>, from = 0, step = 1): Range {
  // In locals and as 32-bit integers, as every step of a training looks at tens of thousands.
  let least = 0x7fffffff;
  let greatest = -0x80000000;
  for (let i = from; i < integers.length; i += step) {
    const value = integers[i] as number;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return { least, greatest };
}

/** Of tensors that were looked at before, by their data: those never change. */
const known = new WeakMap<object, Range>();

/**
 * Checks that a tensor's integers name rows of a table, or classes: what lies elsewhere in memory
 * would be read otherwise, in silence. Each tensor is looked at once. Integers that a graphics device
 * has computed, which are not on this side, are not checked.
 *
 * @param name of the operation, the first word of the message
 * @param what the integers are called
 * @param limit how many there are to name
 * @param whose completes "one for each": "row of the table"
 * @throws RangeError for one that is not from 0 to limit − 1
 */
export function checkIndices(
  name: string,
  what: string,
  tensor: tf.Tensor,
  limit: number,
  whose: string,
): void {
  let range = known.get(tensor.dataId);
  if (range === undefined) {
    const integers = integersOf(tensor);
    if (integers === undefined) return;
    range = rangeOf(integers);
    known.set(tensor.dataId, range);
  }
  requireWithin(name, what, range, [0, limit - 1], whose);
}

/**
 * Requires that integers lie within bounds, which are among what is allowed.
 *
 * @throws RangeError that names one that does not
 */
export function requireWithin(
  name: string,
  what: string,
  { least, greatest }: Range,
  [first, last]: readonly [first: number, last: number],
  whose: string,
): void {
  // Of no integers the least is above the greatest.
  if (least > greatest || (least >= first && greatest <= last)) return;
  const wrong = least < first ? least : greatest;
  throw new RangeError(
    `${name}: ${what} has ${wrong}, and must be from ${first} to ${last}, one for each ${whose}`,
  );
}

/** A tensor's integers, where they can be had without waiting. */
export function integersOf(tensor: tf.Tensor): ArrayLike<number> | undefined {
  const { integersOf: own } = backendFacts();
  if (own !== undefined) return own(tensor);
  const name = tf.getBackend();
  // A backend that @grok/backend did not start; of these two, tfjs can be read without waiting.
  if (name !== "cpu" && name !== "wasm") return undefined;
  return tf.backend().readSync(tensor.dataId) as tf.TypedArray;
}
