import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { nanda } from "../architectures/nanda";
import { networkOf } from "../network/network-of";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const batch = { tokens: Int32Array.of(1, 2, 7, 3, 0, 7), size: 2, length: 3, answerPositions: [2] };

/** The attention of the last position, [size · heads, length], at a rate. */
function lastRows(attentionRate: number): number[][] {
  const network = networkOf(nanda(7, { dModel: 8, heads: 2, attentionRate }));
  const parameters = network.initialise(1);
  const [pattern] = network.attention?.(parameters, batch) ?? [];
  const rows = tf.slice(pattern as tf.Tensor4D, [0, 0, 2, 0], [2, 2, 1, 3]);
  return tf.reshape(rows, [4, 3]).arraySync() as number[][];
}

test("the pattern is α of softmax's and 1 − α of the mean over the positions seen", () => {
  const [soft, even, mixed] = [lastRows(1), lastRows(0), lastRows(0.25)];
  for (const [row, weights] of mixed.entries()) {
    for (const [i, weight] of weights.entries()) {
      expect(even[row]?.[i]).toBeCloseTo(1 / 3, 6);
      expect(weight).toBeCloseTo(0.25 * (soft[row]?.[i] as number) + 0.75 / 3, 6);
    }
  }
});

test("a rate outside [0, 1] and an unknown role are refused", () => {
  expect(() => networkOf(nanda(7, { attentionRate: 1.5 })).check()).toThrow(
    "attentionRate is 1.5: it must be in [0, 1]",
  );
  const initStds = { gain: 1 };
  expect(() => networkOf(nanda(7, { initStds })).check()).toThrow(
    "initStds.gain is no role: allowed are embedding, positions",
  );
});
