import "@tensorflow/tfjs-backend-cpu";
import { RandomSource } from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Predictions, scoreDataset } from "./score";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

interface Rows {
  logits: number[][];
  labels: number[];
}

const predict = ({ logits, labels }: Rows): Predictions => ({
  logits: tf.tensor2d(logits),
  labels: tf.tensor1d(labels, "int32"),
});

/** Row by row, in double precision. */
function expected({ logits, labels }: Rows, group: number) {
  let loss = 0;
  const right = logits.map((row, i) => {
    const label = row[labels[i] as number] as number;
    const top = Math.max(...row);
    loss += top - label + Math.log(row.reduce((sum, z) => sum + Math.exp(z - top), 0));
    return label === top;
  });
  let correct = 0;
  for (let i = 0; i < right.length; i += group) {
    if (right.slice(i, i + group).every(Boolean)) correct++;
  }
  const examples = logits.length / group;
  return { loss: loss / logits.length, correct, examples, accuracy: correct / examples };
}

test("counts by hand", async () => {
  const even = {
    logits: [
      [1, 0, 0],
      [0, 0, 3],
    ],
    labels: [0, 1],
  };
  const score = await scoreDataset([even], predict);
  expect(score).toMatchObject({ correct: 1, examples: 2, accuracy: 0.5 });
  const loss = (Math.log(Math.E + 2) - 1 + Math.log(Math.exp(3) + 2)) / 2;
  expect(score.loss).toBeCloseTo(loss, 6);
});

test("is the same however the data are cut into batches", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 3 }),
      async (seed, sizes, group) => {
        const random = new RandomSource(seed);
        const n = group * sizes.reduce((a, b) => a + b, 0);
        const labels = [...random.integers(n, 5)];
        // The label's logit is raised, so that groups are right from time to time.
        const logits = labels.map((label) =>
          [...random.normals(5)].map((z, i) => Math.fround(i === label ? z + 2 : z)),
        );
        let start = 0;
        const batches = sizes.map((size) => {
          const end = start + size * group;
          const rows = { logits: logits.slice(start, end), labels: labels.slice(start, end) };
          start = end;
          return rows;
        });
        const want = expected({ logits, labels }, group);
        const before = tf.memory().numTensors;
        const score = await scoreDataset(batches, predict, { group });
        expect(tf.memory().numTensors).toBe(before);
        expect({ ...score, loss: 0 }).toEqual({ ...want, loss: 0 });
        expect(Math.abs(score.loss - want.loss) / want.loss).toBeLessThan(1e-5);
      },
    ),
    { numRuns: 40 },
  );
});

test("NaN is not hidden in the loss; no data have no score", async () => {
  const rows = {
    logits: [
      [Number.NaN, 1],
      [2, 1],
    ],
    labels: [1, 0],
  };
  expect((await scoreDataset([rows], predict)).loss).toBeNaN();
  expect(await scoreDataset([], predict)).toEqual({
    loss: Number.NaN,
    accuracy: Number.NaN,
    correct: 0,
    examples: 0,
  });
});

test("a batch that does not fit leaves nothing behind", async () => {
  const good = { logits: [[1, 0]], labels: [0] };
  const before = tf.memory().numTensors;
  await expect(scoreDataset([good, good], predict, { group: 2 })).rejects.toThrow(RangeError);
  await expect(scoreDataset([good, { ...good, labels: [0, 1] }], predict)).rejects.toThrow(
    RangeError,
  );
  expect(tf.memory().numTensors).toBe(before);
});
