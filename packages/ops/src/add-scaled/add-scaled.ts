import * as tf from "@tensorflow/tfjs-core";
import type { NamedTensors } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** Settings of {@link addScaled}. */
export interface AddScaledAttributes {
  /** What each second summand is multiplied by. */
  factor: number;
}

const addScaledOperation = defineOperation<NamedTensors, AddScaledAttributes>({
  name: "GrokAddScaled",
  reference: (inputs, { factor }) => {
    const tensors = Object.values(inputs);
    return tensors.flatMap((x, i) =>
      i % 2 === 0 ? [tf.add(x, tf.mul(tensors[i + 1] as tf.Tensor, factor))] : [],
    );
  },
});

/**
 * Adds a multiple of one list of tensors to another, pair by pair: x + factor·y.
 *
 * Kernel `GrokAddScaled`: inputs x₀, y₀, x₁, y₁, … as `"0"`, `"1"`, …; outputs x₀ + factor·y₀, ….
 *
 * @param xs of any shapes; they are only read
 * @param ys of the same shapes in the same order; they are only read
 * @returns new tensors of those shapes, without gradients
 * @throws RangeError if the lists do not have the same length
 */
export function addScaled(
  xs: tf.Tensor[],
  ys: tf.Tensor[],
  attributes: AddScaledAttributes,
): tf.Tensor[] {
  if (xs.length !== ys.length) {
    throw new RangeError(`addScaled: ${xs.length} and ${ys.length} tensors do not pair`);
  }
  if (xs.length === 0) return [];
  const pairs = xs.flatMap((x, i) => [x, ys[i] as tf.Tensor]);
  return addScaledOperation(Object.fromEntries(pairs.entries()), attributes);
}
