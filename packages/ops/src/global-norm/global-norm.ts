import * as tf from "@tensorflow/tfjs-core";
import type { NamedTensors } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** ‖x‖ over all elements of all tensors, [], in stock operations. */
export function globalNormReference(tensors: tf.Tensor[]): tf.Scalar {
  return tf.sqrt(tf.addN(tensors.map((tensor) => tf.sum(tf.square(tensor)) as tf.Scalar)));
}

const globalNormOperation = defineOperation<NamedTensors, object>({
  name: "GrokGlobalNorm",
  reference: (inputs) => [globalNormReference(Object.values(inputs))],
});

/**
 * The Euclidean norm of many tensors taken as one vector, √ΣΣx².
 *
 * In single precision: beyond about 1.8e19 the sum of squares is infinite.
 *
 * Kernel `GrokGlobalNorm`: inputs `"0"`, `"1"`, …; one output.
 *
 * @param tensors of any shapes
 * @returns a scalar, without a gradient; 0 for no tensors
 */
export function globalNorm(tensors: tf.Tensor[]): tf.Scalar {
  if (tensors.length === 0) return tf.scalar(0);
  return globalNormOperation(Object.fromEntries(tensors.entries()), {})[0] as tf.Scalar;
}
