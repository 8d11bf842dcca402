import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { defineOperation } from "./operation";
import { isReference, registerFastKernel } from "./registry";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** y = 2x, and a hidden output that only the gradient sees. */
const double = defineOperation<{ x: tf.Tensor }, { times: number }>({
  name: "GrokTestDouble",
  reference: ({ x }, { times }) => [tf.mul(x, 2 * times), tf.square(x)],
  visible: 1,
  gradient: ([dy], { outputs }, { times }) => ({
    // Deliberately from the hidden output: dx = dy·2·times + x².
    x: tf.add(tf.mul(dy as tf.Tensor, 2 * times), outputs[1] as tf.Tensor),
  }),
});

afterEach(() => {
  if (tf.getKernel("GrokTestDouble", "cpu")) tf.unregisterKernel("GrokTestDouble", "cpu");
});

describe("defineOperation", () => {
  test("runs the reference form, and hides the outputs that only the gradient needs", () => {
    const outputs = double({ x: tf.tensor1d([1, 2]) }, { times: 3 });
    expect(outputs).toHaveLength(1);
    expect([...(outputs[0] as tf.Tensor).dataSync()]).toEqual([6, 12]);
    expect(isReference("GrokTestDouble")).toBe(true);
  });

  test("gives the gradient what it saved, and leaves no tensor behind", () => {
    const x = tf.tensor1d([1, 2]);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const { grads } = tf
        .engine()
        .gradients(() => double({ x }, { times: 3 })[0] as tf.Tensor, [x], tf.tensor1d([1, 10]));
      expect([...(grads[0] as tf.Tensor).dataSync()]).toEqual([7, 64]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("without a tape the hidden outputs are disposed of", () => {
    const x = tf.tensor1d([1, 2]);
    const before = tf.memory().numTensors;
    tf.dispose(double({ x }, { times: 1 }));
    expect(tf.memory().numTensors).toBe(before);
  });

  test("a fast kernel takes the reference form's place, also after that has run", () => {
    const x = tf.tensor1d([1, 2]);
    double({ x }, { times: 1 });
    registerFastKernel({
      kernelName: "GrokTestDouble",
      backendName: "cpu",
      kernelFunc: () => [tf.tensor1d([5, 5]), tf.tensor1d([0, 0])],
    });
    expect(isReference("GrokTestDouble")).toBe(false);
    expect([...(double({ x }, { times: 1 })[0] as tf.Tensor).dataSync()]).toEqual([5, 5]);
  });
});
