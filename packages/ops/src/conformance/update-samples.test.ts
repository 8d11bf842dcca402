import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { RandomSource } from "./random-source";
import { evaluateSample } from "./sample";
import { updateSamplers } from "./update-samples";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("a sample runs, changes nothing that it is given and leaves no tensor", () => {
  for (const [name, sampler] of Object.entries(updateSamplers)) {
    test(name, async () => {
      let elements = 0;
      for (let seed = 0; seed < 10; seed++) {
        const sample = sampler(new RandomSource(seed));
        const before = tf.memory().numTensors;
        const { outputs } = await evaluateSample(sample);
        expect(tf.memory().numTensors, sample.label).toBe(before);
        expect((await evaluateSample(sample)).outputs, sample.label).toEqual(outputs);
        for (const output of outputs) {
          expect(output.every(Number.isFinite), sample.label).toBe(true);
          elements += output.length;
        }
      }
      expect(elements).toBeGreaterThan(5);
    });
  }
});
