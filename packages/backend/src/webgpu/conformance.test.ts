import "@tensorflow/tfjs-backend-cpu";
import { isReference } from "@grok/ops";
import {
  compareOperation,
  operationSamplers,
  referenceResults,
  type SampleResult,
  updateSamplers,
  wgslTolerance,
} from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAdapter } from "./adapter";
import { stopDevice } from "./device";
import { startWebgpu } from "./start";

const { adapter } = await findAdapter();

/** Samples of each operation. */
const SAMPLES = 8;

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
        const { largest, where, ...others } = await compareOperation(
          sampler,
          expected.get(name) as SampleResult[],
        );
        console.log(`webgpu ${name}: ${largest.toExponential(1)}`);
        expect(largest, where).toBeLessThan(wgslTolerance);
        expect(others).toEqual({ unrepeatable: [], leaks: 0 });
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
