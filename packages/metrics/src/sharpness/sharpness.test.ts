import "@tensorflow/tfjs-backend-cpu";
import { randomStream } from "@grok/data";
import { activate, linear, reshape, softmaxCrossEntropy } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { fixture } from "../../test/fixture";
import { sharpness } from "./sharpness";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** ½ Σ h_i w_i², by operations that have gradients. */
function quadratic(curvatures: readonly number[]) {
  const n = curvatures.length;
  const half = tf.keep(tf.diag(tf.tensor1d(curvatures.map((h) => h / 2)))) as tf.Tensor2D;
  return ({ w }: Record<string, tf.Tensor>): tf.Scalar => {
    const row = reshape(w as tf.Tensor, [1, n]);
    return reshape(linear(linear(row, half), reshape(w as tf.Tensor, [n, 1])), []) as tf.Scalar;
  };
}

const random = () => randomStream(0, "start");

test("the largest eigenvalue of a quadratic, also where the largest in size is negative", async () => {
  for (const curvatures of [
    [1, 7, 3, 0.5],
    [2, -9, 5, 1],
    [-3, -1, -2, -5],
    [0, 0, 0, 0],
  ]) {
    const loss = quadratic(curvatures);
    const before = tf.memory().numTensors;
    const w = tf.tensor1d([0.3, -0.2, 0.5, 0.1]);
    const found = await sharpness({ w }, loss, {
      random: random(),
      tolerance: 1e-6,
      iterations: 400,
    });
    expect(Math.abs(found.value - Math.max(...curvatures))).toBeLessThan(2e-3);
    expect(found.converged).toBe(true);
    w.dispose();
    expect(tf.memory().numTensors).toBe(before);
  }
});

test("agrees with PyTorch's Hessian of an MLP's cross-entropy", async () => {
  const { x, labels, parameters, largest, smallest } = fixture().hessian;
  expect(smallest).toBeLessThan(0);
  const tensors = Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)]),
  );
  const [inputs, ids] = [tf.tensor(x.values, x.shape), tf.tensor1d(labels, "int32")];
  const loss = (at: Record<string, tf.Tensor>) => {
    const hidden = activate(linear(inputs, at.first as tf.Tensor, at.firstBias), "gelu");
    const logits = linear(hidden, at.second as tf.Tensor, at.secondBias);
    return softmaxCrossEntropy(logits, ids).loss as tf.Scalar;
  };
  const { value, products } = await sharpness(tensors, loss, { random: random(), tolerance: 1e-5 });
  console.log(`${value} by ${products} products; PyTorch: ${largest}`);
  expect(Math.abs(value / largest - 1)).toBeLessThan(2e-3);
});

test("stops when it may not continue", async () => {
  const w = tf.tensor1d([1, 1]);
  const found = await sharpness({ w }, quadratic([5, 4.9]), {
    random: random(),
    iterations: 2,
    tolerance: 1e-9,
  });
  expect(found).toMatchObject({ converged: false, products: 2 });
});

test("NaN, no parameters, wrong settings", async () => {
  const loss = quadratic([1, 2]);
  const nan = tf.tensor1d([1, Number.NaN]);
  await expect(sharpness({ w: nan }, loss, { random: random() })).rejects.toThrow(
    new RangeError("the parameters hold NaN: all must be finite"),
  );
  await expect(sharpness({}, loss, { random: random() })).rejects.toThrow(RangeError);
  const w = tf.tensor1d([1, 1]);
  await expect(sharpness({ w }, loss, { random: random(), iterations: 0 })).rejects.toThrow(
    RangeError,
  );
  await expect(sharpness({ w }, loss, { random: random(), stepSize: 0 })).rejects.toThrow(
    RangeError,
  );
});
