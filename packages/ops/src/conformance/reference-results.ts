import * as tf from "@tensorflow/tfjs-core";
import { RandomSource } from "./random-source";
import { evaluateSample, type SampleResult } from "./sample";
import type { Sampler } from "./sampler";

/**
 * What the reference forms give on cpu for samples 0 to `count` − 1 of each operation, by name. cpu is
 * tfjs's current backend afterwards; it must have been imported.
 */
export async function referenceResults(
  samplers: Readonly<Record<string, Sampler>>,
  count: number,
): Promise<Map<string, SampleResult[]>> {
  await tf.setBackend("cpu");
  const expected = new Map<string, SampleResult[]>();
  for (const [name, sampler] of Object.entries(samplers)) {
    const results: SampleResult[] = [];
    for (let seed = 0; seed < count; seed++) {
      results.push(await evaluateSample(sampler(new RandomSource(seed))));
    }
    expected.set(name, results);
  }
  return expected;
}
