import * as tf from "@tensorflow/tfjs-core";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** The kernels of {@link add}, {@link scale} and {@link reshape}. */
export interface ElementwiseKernels<T = tf.Tensor> {
  GrokAdd: KernelContract<{ x: T; y: T }>;
  GrokScale: KernelContract<{ x: T }, { factor: number }>;
  GrokReshape: KernelContract<{ x: T }, { shape: number[]; from: number[] }>;
}

const addOperation = defineOperation<ElementwiseKernels["GrokAdd"]>({
  name: "GrokAdd",
  reference: ({ x, y }) => [tf.add(x, y)],
  saves: { inputs: [], outputs: [] },
  gradient: ([dy]) => ({
    // Two handles on one buffer: the tape disposes of each input's gradient on its own.
    x: (dy as tf.Tensor).clone(),
    y: (dy as tf.Tensor).clone(),
  }),
});

/**
 * The sum of two tensors of one shape, as a residual connection needs it.
 *
 * @throws RangeError if the shapes differ
 */
export function add<T extends tf.Tensor>(x: T, y: tf.Tensor): T {
  if (x.shape.join() !== y.shape.join()) {
    throw new RangeError(`add: [${x.shape}] and [${y.shape}] must be one shape`);
  }
  return addOperation({ x, y }, {})[0] as T;
}

const scaleOperation = defineOperation<ElementwiseKernels["GrokScale"]>({
  name: "GrokScale",
  reference: ({ x }, { factor }) => [tf.mul(x, factor)],
  saves: { inputs: [], outputs: [] },
  gradient: ([dy], _saved, { factor }) => ({ x: scale(dy as tf.Tensor, factor) }),
});

/** A tensor times a number. */
export function scale<T extends tf.Tensor>(x: T, factor: number): T {
  return scaleOperation({ x }, { factor })[0] as T;
}

const reshapeOperation = defineOperation<ElementwiseKernels["GrokReshape"]>({
  name: "GrokReshape",
  reference: ({ x }, { shape }) => [tf.reshape(x, shape)],
  saves: { inputs: [], outputs: [] },
  gradient: ([dy], _saved, { from }) => ({ x: tf.reshape(dy as tf.Tensor, from) }),
});

/**
 * The same elements in another shape, with a gradient (stock `tf.reshape` has none in Node, where
 * tfjs-core registers no gradients).
 *
 * @throws RangeError if the sizes differ
 */
export function reshape(x: tf.Tensor, shape: number[]): tf.Tensor {
  if (tf.util.sizeFromShape(shape) !== x.size) {
    throw new RangeError(`reshape: [${x.shape}] and [${shape}] have different sizes`);
  }
  return reshapeOperation({ x }, { shape, from: x.shape })[0] as tf.Tensor;
}
