import * as tf from "@tensorflow/tfjs-core";
import { RandomSource } from "./random-source";
import { evaluateSample, relativeDifference, type SampleResult } from "./sample";
import type { Sampler } from "./sampler";

/** How a backend does an operation, beside the reference form on cpu. */
export interface OperationReport {
  /** The largest difference, relative to the largest element; NaN if any is. */
  largest: number;
  /** The sample and the tensor that it is in. */
  where: string;
  /** Samples that gave other bytes the second time. */
  unrepeatable: string[];
  /** Tensors that were left behind. */
  leaks: number;
}

/**
 * WGSL allows exponentials errors of some units in the last place: what programs on a graphics device
 * must keep to.
 */
export const wgslTolerance = 3e-5;

/**
 * Runs an operation's samples on tfjs's current backend, the first two of them twice, and compares
 * them with what was expected, sample by sample.
 *
 * @param expected of samples 0, 1, 2, …, from {@link referenceResults}
 */
export async function compareOperation(
  sampler: Sampler,
  expected: readonly SampleResult[],
): Promise<OperationReport> {
  const report: OperationReport = { largest: 0, where: "", unrepeatable: [], leaks: 0 };
  for (const [seed, reference] of expected.entries()) {
    const sample = sampler(new RandomSource(seed));
    const before = tf.memory().numTensors;
    const result = await evaluateSample(sample);
    report.leaks += tf.memory().numTensors - before;
    const compare = (what: string, actual: Float32Array | undefined, wanted: Float32Array) => {
      const difference = relativeDifference(actual ?? [], wanted, 0.1);
      // False for NaN, which stays once it is there.
      if (difference <= report.largest || Number.isNaN(report.largest)) return;
      report.largest = difference;
      report.where = `${sample.label}, ${what}`;
    };
    for (const [i, output] of reference.outputs.entries()) {
      compare(`output ${i}`, result.outputs[i], output);
    }
    for (const [input, gradient] of Object.entries(reference.gradients)) {
      compare(`gradient of ${input}`, result.gradients[input], gradient);
    }
    if (seed >= 2) continue;
    const again = await evaluateSample(sample);
    if (bytesOf(again) !== bytesOf(result)) report.unrepeatable.push(sample.label);
  }
  return report;
}

function bytesOf({ outputs, gradients }: SampleResult): string {
  const words = (values: Float32Array) => new Uint32Array(values.buffer).join();
  return [...outputs.map(words), ...Object.values(gradients).map(words)].join("\n");
}
