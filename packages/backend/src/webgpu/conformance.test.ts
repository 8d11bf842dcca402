import "@tensorflow/tfjs-backend-cpu";
import { isReference } from "@grok/ops";
import {
  evaluateSample,
  operationSamplers,
  RandomSource,
  relativeDifference,
  type SampleResult,
  updateSamplers,
} from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { referenceResults } from "../../test/reference-results";
import { findAdapter } from "./adapter";
import { stopDevice } from "./device";
import { startWebgpu } from "./start";

const { adapter } = await findAdapter();

/** Samples of each operation. */
const SAMPLES = 8;

/** WGSL allows exponentials errors of some units in the last place. */
const TOLERANCE = 3e-5;

const samplers = { ...operationSamplers, ...updateSamplers };

let expected: Map<string, SampleResult[]>;

// A software adapter compiles and computes slowly, the more so on a busy machine.
const timeout = 600_000;

describe.skipIf(!adapter)(
  "WGSL programs [need an adapter, if only in software]",
  { timeout },
  () => {
    beforeAll(async () => {
      expected = await referenceResults(samplers, SAMPLES);
      await startWebgpu({ allowSoftware: true });
    }, timeout);
    afterAll(stopDevice);

    for (const [name, sampler] of Object.entries(samplers)) {
      test(`${name} agrees with the reference form on cpu, and with itself to the last bit`, async () => {
        let largest = 0;
        for (let seed = 0; seed < SAMPLES; seed++) {
          const sample = sampler(new RandomSource(seed));
          const before = tf.memory().numTensors;
          const result = await evaluateSample(sample);
          expect(tf.memory().numTensors).toBe(before);
          const reference = (expected.get(name) as SampleResult[])[seed] as SampleResult;
          const compare = (what: string, actual: Float32Array, wanted: Float32Array) => {
            const difference = relativeDifference(actual, wanted, 0.1);
            expect(difference, `${sample.label}, ${what}`).toBeLessThan(TOLERANCE);
            largest = Math.max(largest, difference);
          };
          result.outputs.forEach((output, i) => {
            compare(`output ${i}`, output, reference.outputs[i] as Float32Array);
          });
          for (const [input, gradient] of Object.entries(result.gradients)) {
            compare(`gradient of ${input}`, gradient, reference.gradients[input] as Float32Array);
          }
          if (seed < 2) expect(await evaluateSample(sample), sample.label).toEqual(result);
        }
        console.log(`webgpu ${name}: ${largest.toExponential(1)}`);
      });
    }

    test("no operation ran in its reference form", () => {
      for (const kernel of tf.getKernelsForBackend("webgpu")) {
        if (!kernel.kernelName.startsWith("Grok") || kernel.kernelName === "GrokReshape") continue;
        expect(isReference(kernel.kernelName, "webgpu"), kernel.kernelName).toBe(false);
      }
    });
  },
);
