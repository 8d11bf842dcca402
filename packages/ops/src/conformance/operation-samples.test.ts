import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { operationSamplers } from "./operation-samples";
import { RandomSource } from "./random-source";
import { evaluateSample, outputGradient, type Sample, toTensor } from "./sample";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** Σ dy·run(inputs + t·direction)[0], in double precision from float32 outputs. */
function moved(sample: Sample, directions: Record<string, Float32Array>, t: number): number {
  return tf.tidy(() => {
    const inputs = Object.fromEntries(
      Object.entries(sample.inputs).map(([name, { shape, values }]) => {
        const direction = directions[name];
        const at = direction ? values.map((x, i) => x + t * (direction[i] as number)) : values;
        return [name, toTensor({ shape, values: at as typeof values })];
      }),
    );
    const y = Float32Array.from((sample.run(inputs)[0] as tf.Tensor).dataSync());
    const dy = outputGradient(y.length);
    return y.reduce((sum, value, i) => sum + value * (dy[i] as number), 0);
  });
}

describe("the gradient of the reference form agrees with finite differences", () => {
  for (const [name, sampler] of Object.entries(operationSamplers)) {
    test(name, async () => {
      let largest = 0;
      for (let seed = 0; seed < 25; seed++) {
        const sample = sampler(new RandomSource(seed));
        const { gradients } = await evaluateSample(sample);
        for (const input of sample.differentiable) {
          const gradient = gradients[input] as Float32Array;
          // Along a direction of unit length, so that a step has one meaning for all sizes.
          const raw = new RandomSource(seed + 1000).normals(gradient.length);
          const length = Math.hypot(...raw) || 1;
          const direction = raw.map((x) => x / length);
          const slope = (h: number) =>
            (moved(sample, { [input]: direction }, h) - moved(sample, { [input]: direction }, -h)) /
            (2 * h);
          // Richardson's step takes the error from h² to h⁴.
          const h = 0.05;
          const expected = (4 * slope(h / 2) - slope(h)) / 3;
          const actual = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
          const difference = Math.abs(actual - expected) / Math.max(1, Math.hypot(...gradient));
          expect(
            difference,
            `${sample.label}, ${input}: ${actual} against ${expected}`,
          ).toBeLessThan(1e-3);
          largest = Math.max(largest, difference);
        }
      }
      console.log(
        `${name}: largest difference from finite differences ${largest.toExponential(1)}`,
      );
    });
  }
});
