import * as tf from "@tensorflow/tfjs-core";
import { RandomSource } from "./random-source";

/** A tensor's shape and values, from which each backend makes its own. */
export interface TensorData {
  shape: number[];
  /** Int32Array makes an int32 tensor, Float32Array a float32 one. */
  values: Float32Array | Int32Array;
}

/** One call of an operation: what it is given, and how it is called. */
export interface Sample {
  /** The settings and shapes, in words. */
  label: string;
  inputs: Record<string, TensorData>;
  /** The inputs whose gradients are checked. */
  differentiable: string[];
  /** Calls the operation; the first output is the one that is differentiated. */
  run: (inputs: Record<string, tf.Tensor>) => tf.Tensor[];
}

/** What a sample gave on the current backend. */
export interface SampleResult {
  outputs: Float32Array[];
  gradients: Record<string, Float32Array>;
}

/** Makes the tensor that data describes, on the current backend. */
export function toTensor({ shape, values }: TensorData): tf.Tensor {
  return tf.tensor(values, shape, values instanceof Int32Array ? "int32" : "float32");
}

/**
 * Runs a sample forward and backward on the current tfjs backend. The output's gradient is the same
 * pseudo-random tensor on every backend, so that results can be compared. All of it is asked for
 * before anything is read.
 */
export async function evaluateSample(sample: Sample): Promise<SampleResult> {
  const { outputs, gradients } = tf.tidy(() => {
    const inputs = Object.fromEntries(
      Object.entries(sample.inputs).map(([name, data]) => [name, toTensor(data)]),
    );
    const made = sample.run(inputs);
    if (sample.differentiable.length === 0) return { outputs: made, gradients: {} };
    const shape = made[0]?.shape as number[];
    const dy = tf.tensor(outputGradient(tf.util.sizeFromShape(shape)), shape);
    const { grads } = tf.engine().gradients(
      () => sample.run(inputs)[0] as tf.Tensor,
      sample.differentiable.map((name) => inputs[name] as tf.Tensor),
      dy,
    );
    const slopes = sample.differentiable.map((name, i) => [name, grads[i] as tf.Tensor]);
    return { outputs: made, gradients: Object.fromEntries(slopes) };
  }) as unknown as { outputs: tf.Tensor[]; gradients: Record<string, tf.Tensor> };
  const read = async (tensor: tf.Tensor) => {
    const values = Float32Array.from(await tensor.data());
    tensor.dispose();
    return values;
  };
  const result: SampleResult = { outputs: [], gradients: {} };
  for (const output of outputs) result.outputs.push(await read(output));
  for (const [name, gradient] of Object.entries(gradients)) {
    result.gradients[name] = await read(gradient);
  }
  return result;
}

/** The gradient that {@link evaluateSample} gives to an output of `size` elements. */
export function outputGradient(size: number): Float32Array {
  return new RandomSource(size).normals(size);
}

/**
 * The largest |a − b|, relative to the largest |b| or to `floor`, if that is larger. NaN where either
 * has a NaN that the other has not, or the sizes differ, so that no bound accepts it.
 *
 * @param floor below which a difference is rounding: the gradient of a softmax over one key, say, is 0
 */
export function relativeDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  floor = 1e-6,
): number {
  if (a.length !== b.length) return Number.NaN;
  let difference = 0;
  let largest = floor;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (Object.is(x, y)) continue;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return Number.NaN;
    difference = Math.max(difference, Math.abs(x - y));
    largest = Math.max(largest, Math.abs(y));
  }
  return difference / largest;
}
