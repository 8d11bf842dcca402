import type * as tf from "@tensorflow/tfjs-core";
import type { RandomSource } from "./random-source";
import type { Sample, TensorData } from "./sample";
import { normal } from "./sample-data";

/** Draws a sample of an operation: other shapes and settings each time, odd and tiny ones included. */
export type Sampler = (random: RandomSource) => Sample;

type Inputs = Record<string, tf.Tensor>;
export const get = (inputs: Inputs, name: string): tf.Tensor => inputs[name] as tf.Tensor;
export const sizes = [1, 2, 3, 5, 7, 8, 13, 14, 21, 32, 33];

/** A bias input or none. */
export function maybeBias(random: RandomSource, width: number): Record<string, TensorData> {
  return random.uniform() < 0.7 ? { bias: normal(random, width) } : {};
}
