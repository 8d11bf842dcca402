import { evaluateSample, RandomSource, type SampleResult } from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";

/** Draws a sample of an operation. */
export type Sampler = (random: RandomSource) => Parameters<typeof evaluateSample>[0];

/** What the reference forms give on cpu for samples 0 to `count` − 1 of each operation, by name. */
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
