import { randomStream } from "@grok/data";
import { linear, registerStockGradients, reshape } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { localLearningCoefficient, stableStepSize } from "./learning-coefficient";
import type { LossAt } from "./parameter-vector";

beforeAll(async () => {
  await tf.setBackend("cpu");
  await registerStockGradients();
});

const random = (chain: number) => randomStream(chain, "start");

/** ½ Σ h_i w_i², by operations that have gradients. */
function quadratic(curvatures: readonly number[]): LossAt {
  const n = curvatures.length;
  const half = tf.keep(tf.diag(tf.tensor1d(curvatures.map((h) => h / 2)))) as tf.Tensor2D;
  return ({ w }) => {
    const row = reshape(w as tf.Tensor, [1, n]);
    return reshape(linear(linear(row, half), reshape(w as tf.Tensor, [n, 1])), []) as tf.Scalar;
  };
}

/** Σ w_i^(2k). */
function monomial(k: number): LossAt {
  return ({ w }) => {
    const square = tf.square(w as tf.Tensor);
    let power = square;
    for (let i = 1; i < k; i++) power = tf.mul(power, square);
    return tf.sum(power) as tf.Scalar;
  };
}

test("of a quadratic it is what the chain's stationary law says", async () => {
  const curvatures = [1, 2, 0, 4];
  const options = { examples: 1000, stepSize: 2e-3, localization: 5, draws: 1500, burnIn: 300 };
  const scale = options.examples / Math.log(options.examples);
  // Per direction the chain is w ← (1 − εa/2)·w + √ε·ξ with a = nβh + γ, of variance 1/(a(1 − εa/4)).
  const want = curvatures.reduce((sum, h) => {
    const a = scale * h + options.localization;
    return sum + (scale * h) / (2 * a * (1 - (options.stepSize * a) / 4));
  }, 0);
  const w = tf.zeros([4]);
  const loss = quadratic(curvatures);
  const before = tf.memory().numTensors;
  const found = await localLearningCoefficient({ w }, loss, { random, ...options });
  expect(tf.memory().numTensors).toBe(before);
  expect(found.traces.map(({ length }) => length)).toEqual([1500, 1500, 1500, 1500]);
  expect(Math.abs(found.value / want - 1)).toBeLessThan(0.06);
  expect(found.standardError).toBeLessThan(0.1 * want);
  expect(found.isSettled).toBe(true);
  // Three directions are curved: half of them, except the pull to the centre and the step's size.
  expect(want).toBeGreaterThan(1.4);
  expect(want).toBeLessThan(2);
});

// Of w^(2k) nβL has the mean 1/(2k) at any n: λ of 60 such directions is 60/(2k).
test.each([1, 2, 3])("of a sum of w^(2·%d) it is within 10% of the exact one", async (k) => {
  const copies = 60;
  const w = tf.zeros([copies]);
  const found = await localLearningCoefficient({ w }, monomial(k), {
    random,
    examples: 1000,
    localization: 0,
    stepSize: [1e-3, 1e-3, 2e-3][k - 1] as number,
    draws: 400,
    burnIn: 400,
  });
  expect(Math.abs(found.value / (copies / (2 * k)) - 1)).toBeLessThan(0.1);
  expect(found.isSettled).toBe(true);
});

test("of Σ x²y⁴, held at 0, it is what the posterior says", async () => {
  // ∫ nβ·y⁴/a·a^(−½)·e^(−y²/2) dy / ∫ a^(−½)·e^(−y²/2) dy with a = 2nβ·y⁴ + 1 and nβ = 100; λ is ¼.
  const exact = 0.205713;
  const copies = 300;
  const loss: LossAt = ({ x, y }) =>
    tf.sum(tf.mul(tf.square(x as tf.Tensor), tf.square(tf.square(y as tf.Tensor)))) as tf.Scalar;
  const found = await localLearningCoefficient(
    { x: tf.zeros([copies]), y: tf.zeros([copies]) },
    loss,
    {
      random,
      examples: 100,
      temperature: 1,
      localization: 1,
      stepSize: 2e-3,
      chains: 1,
      draws: 1000,
      burnIn: 3000,
    },
  );
  expect(Math.abs(found.value / (copies * exact) - 1)).toBeLessThan(0.1);
  // One chain cannot tell.
  expect(found.isSettled).toBeNull();
  expect(found.standardError).toBeNull();
});

test("minibatches, each beside its own loss at the centre, give the same", async () => {
  // Two halves of the examples that pull in opposite directions: their mean is ½·w².
  const half = (sign: number): LossAt => {
    return ({ w }) =>
      tf.add(
        tf.mul(0.5, tf.sum(tf.square(w as tf.Tensor))),
        tf.mul(sign, tf.sum(w as tf.Tensor)),
      ) as tf.Scalar;
  };
  const options = { random, examples: 200, localization: 0, stepSize: 1e-3, draws: 1500 };
  const w = tf.zeros([40]);
  const whole = await localLearningCoefficient({ w }, half(0), options);
  const parts = await localLearningCoefficient({ w }, [half(0.3), half(-0.3)], options);
  expect(Math.abs(parts.value / whole.value - 1)).toBeLessThan(0.1);
  expect(Math.abs(whole.value / 20 - 1)).toBeLessThan(0.1);
});

test("a chain that is still on its way is refused, and one that is let walk is not", async () => {
  const loss = quadratic(Array.from({ length: 40 }, () => 1));
  const options = { random, examples: 100, localization: 0, stepSize: 2e-4 };
  const w = tf.zeros([40]);
  const hasty = await localLearningCoefficient({ w }, loss, { ...options, burnIn: 0, draws: 200 });
  expect(hasty.trend).toBeGreaterThan(0.5);
  expect(hasty.isSettled).toBe(false);
  const patient = { ...options, stepSize: 1e-2, burnIn: 200, draws: 400 };
  expect((await localLearningCoefficient({ w }, loss, patient)).isSettled).toBe(true);
});

test("a step size that is stable for the stiffest direction", async () => {
  const options = { examples: 100, localization: 0, temperature: 1 };
  expect(stableStepSize(4, options)).toBeCloseTo(0.2 / 400, 12);
  expect(stableStepSize(-4, { ...options, localization: 100 })).toBeCloseTo(2e-3, 12);
  expect(() => stableStepSize(0, options)).toThrow(RangeError);
  const w = tf.zeros([30]);
  const loss = quadratic(Array.from({ length: 30 }, () => 4));
  const stepSize = stableStepSize(4, options);
  const { value } = await localLearningCoefficient({ w }, loss, { random, ...options, stepSize });
  expect(Math.abs(value / (15 / 0.95) - 1)).toBeLessThan(0.1);
});

test("a chain that leaps away says so", async () => {
  const options = { examples: 1000, stepSize: 10, draws: 500, random };
  const w = tf.zeros([2]);
  const loss = quadratic([1, 1]);
  await expect(localLearningCoefficient({ w }, loss, options)).rejects.toThrow(
    /diverged at step \d+: take a step size below 10/,
  );
  for (const wrong of [{ examples: 1 }, { chains: 0 }, { draws: 3 }, { burnIn: -1 }]) {
    await expect(localLearningCoefficient({ w }, loss, { ...options, ...wrong })).rejects.toThrow(
      /at least one chain of four draws/,
    );
  }
  await expect(localLearningCoefficient({ w }, [], options)).rejects.toThrow(RangeError);
});
