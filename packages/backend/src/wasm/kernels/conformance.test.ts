import "@tensorflow/tfjs-backend-cpu";
import { isReference } from "@grok/ops";
import {
  evaluateSample,
  operationSamplers,
  RandomSource,
  referenceResults,
  relativeDifference,
  type SampleResult,
  updateSamplers,
  wrongIndexMessage,
  wrongIndices,
} from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasRelaxedSimd } from "../features";
import { startWasm, stopWasm } from "../start";
import type { Simd } from "../variant";
import { loadWide } from "../wide";

const hasWide = (await loadWide(true)).module !== undefined;

/** Samples of each operation. */
const SAMPLES = 40;

/** Exponentials and sums of a few hundred float32 terms differ in their last bits. */
const TOLERANCE = 1e-5;

const samplers = { ...operationSamplers, ...updateSamplers };

let expected: Map<string, SampleResult[]>;

beforeAll(async () => {
  expected = await referenceResults(samplers, SAMPLES);
}, 300_000);

afterAll(stopWasm);

const settings: { simd: Simd; threads: number }[] = [
  { simd: "plain", threads: 1 },
  { simd: "plain", threads: 2 },
  { simd: "relaxed", threads: 1 },
  { simd: "relaxed", threads: 2 },
  { simd: "wide", threads: 1 },
  { simd: "wide", threads: 2 },
];

const bytes = new Map<string, string>();

for (const { simd, threads } of settings) {
  const available = { plain: true, relaxed: hasRelaxedSimd(), wide: hasWide }[simd];
  describe.skipIf(!available)(
    `${simd} SIMD, ${threads} thread(s) [relaxed needs Node 24, wide its V8's revectorizer]`,
    () => {
      beforeAll(async () => {
        // The guard fails a kernel that touches what is not its own; no job is too small for a team.
        await startWasm({ simd, threads, guard: true, teamWork: 0 });
      });

      test("indices out of range are refused before a kernel reads foreign memory", () => {
        for (const [name, call] of Object.entries(wrongIndices)) {
          expect(() => tf.tidy(() => void call()), name).toThrow(wrongIndexMessage);
        }
      });

      for (const [name, sampler] of Object.entries(samplers)) {
        test(`${name} agrees with the reference form on cpu`, async () => {
          let largest = 0;
          const all: Uint8Array[] = [];
          for (let seed = 0; seed < SAMPLES; seed++) {
            const sample = sampler(new RandomSource(seed));
            const before = tf.memory().numTensors;
            const { outputs, gradients } = await evaluateSample(sample);
            expect(tf.memory().numTensors).toBe(before);
            const reference = (expected.get(name) as SampleResult[])[seed] as SampleResult;
            const compare = (what: string, actual: Float32Array, wanted: Float32Array) => {
              const difference = relativeDifference(actual, wanted, 0.1);
              expect(difference, `${sample.label}, ${what}`).toBeLessThan(TOLERANCE);
              largest = Math.max(largest, difference);
              all.push(new Uint8Array(actual.buffer));
            };
            outputs.forEach((output, i) => {
              compare(`output ${i}`, output, reference.outputs[i] as Float32Array);
            });
            for (const [input, gradient] of Object.entries(gradients)) {
              compare(`gradient of ${input}`, gradient, reference.gradients[input] as Float32Array);
            }
          }
          console.log(`${simd} ${threads} ${name}: ${largest.toExponential(1)}`);
          // One and two threads give the same bytes, and so do wide and relaxed SIMD.
          const key = `${simd === "plain"} ${name}`;
          const result = Buffer.concat(all).toString("base64");
          if (bytes.has(key)) expect(result === bytes.get(key)).toBe(true);
          else bytes.set(key, result);
        });
      }

      test("no operation ran in its reference form", () => {
        for (const kernel of tf.getKernelsForBackend("wasm")) {
          if (!kernel.kernelName.startsWith("Grok") || kernel.kernelName === "GrokReshape")
            continue;
          expect(isReference(kernel.kernelName, "wasm"), kernel.kernelName).toBe(false);
        }
      });
    },
  );
}
