import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer, OptimizerState, Parameters } from "./optimizer";

/** A tensor's shape and values, outside of tfjs; what a file holds. */
export interface StoredTensor {
  shape: readonly number[];
  data: Float32Array | Int32Array;
}

/** Where `link` (say `adamW`) keeps `slot` (say `m`) of a parameter. */
export function stateName(link: string, slot: string, parameter: string): string {
  return `${link}.${slot}.${parameter}`;
}

/** Zeros of every parameter's shape under the names of `slot`; they outlive tidy scopes. */
export function zeroState(
  link: string,
  slot: string,
  parameters: Readonly<Parameters>,
): OptimizerState {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      stateName(link, slot, name),
      tf.keep(tf.zeros(parameter.shape)),
    ]),
  );
}

/** A tensor of the same values in memory of its own; `tf.clone` would share it. */
export function copy(tensor: tf.Tensor): tf.Tensor {
  return tf.mul(tensor, 1);
}

/** Copies of all parameters under the names of `slot`; they outlive tidy scopes. */
export function copyState(
  link: string,
  slot: string,
  parameters: Readonly<Parameters>,
): OptimizerState {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      stateName(link, slot, name),
      tf.keep(copy(parameter)),
    ]),
  );
}

/**
 * One tensor of a state.
 *
 * @throws RangeError if the state does not have it
 */
export function stateTensor(state: OptimizerState, name: string): tf.Tensor {
  const tensor = state[name];
  if (tensor === undefined) {
    throw new RangeError(
      `the optimizer's state has no ${name}: it was made for another optimizer or other parameters`,
    );
  }
  return tensor;
}

/**
 * Puts a new tensor, which from here on outlives tidy scopes, in the place of an old one.
 *
 * @throws RangeError if there is no old one
 */
export function replace(state: OptimizerState, name: string, made: tf.Tensor): void {
  stateTensor(state, name).dispose();
  state[name] = tf.keep(made);
}

/** Frees all tensors of a state; it cannot be used any more. */
export function disposeState(state: OptimizerState): void {
  tf.dispose(state);
}

/** Reads a state out of tfjs, to be saved. */
export async function exportState(state: OptimizerState): Promise<Map<string, StoredTensor>> {
  const tensors = Object.entries(state);
  const data = await Promise.all(tensors.map(([, tensor]) => tensor.data()));
  return new Map(
    tensors.map(([name, { shape }], i) => [
      name,
      // A copy, because some backends give their own memory, which the next step changes.
      { shape, data: (data[i] as Float32Array).slice() },
    ]),
  );
}

/**
 * Makes a state again from what `exportState` gave, such that training continues with the same bytes.
 *
 * @param optimizer one made with the same settings as the one whose state was saved
 * @param parameters of the same names and shapes as those at the time
 * @throws RangeError if a tensor is missing, unknown, or has another shape
 */
export function restoreState(
  optimizer: Optimizer,
  parameters: Readonly<Parameters>,
  saved: ReadonlyMap<string, StoredTensor>,
): OptimizerState {
  const blank = optimizer.initialise(parameters);
  try {
    for (const name of saved.keys()) {
      if (!(name in blank)) {
        throw new RangeError(`the saved state has ${name}, which this optimizer does not know`);
      }
    }
    for (const [name, { shape }] of Object.entries(blank)) {
      const stored = saved.get(name);
      if (stored === undefined) throw new RangeError(`the saved state lacks ${name}`);
      if (stored.shape.join() !== shape.join()) {
        throw new RangeError(
          `${name} has shape [${stored.shape}] in the saved state; this optimizer needs [${shape}]`,
        );
      }
    }
    return Object.fromEntries(
      Object.keys(blank).map((name) => {
        const { shape, data } = saved.get(name) as StoredTensor;
        // A copy, because some backends take the array itself for their memory.
        return [name, tf.keep(tf.tensor(data.slice(), [...shape], "float32"))];
      }),
    );
  } finally {
    disposeState(blank);
  }
}
