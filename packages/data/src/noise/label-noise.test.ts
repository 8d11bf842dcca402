import { expect, test } from "vitest";
import { binaryTask } from "../task/binary";
import { trainingData } from "../training-data";

const options = { seed: 3, trainFraction: 0.5, batchSize: 16 };
const dataOf = (labelNoise: number, seed = 3) =>
  trainingData(binaryTask({ operation: "+", p: 11 }), { ...options, seed, labelNoise });

test("a share of the training labels is wrong, and it is known which", () => {
  const clean = dataOf(0);
  const noisy = dataOf(0.25);
  expect(clean.noise).toBeNull();
  const { rows, truth } = noisy.noise as NonNullable<typeof noisy.noise>;
  const { labels, tokens, size } = noisy.trainSet(0);
  expect(truth).toEqual(clean.trainSet(0).labels);
  expect(tokens).toEqual(clean.trainSet(0).tokens);
  expect(rows.reduce((sum, row) => sum + row, 0)).toBe(Math.floor(0.25 * size));
  for (const [row, isNoise] of rows.entries()) {
    expect(labels[row] !== truth[row]).toBe(isNoise === 1);
    expect(labels[row]).toBeLessThan(11);
  }
  expect(noisy.validationSet).toEqual(clean.validationSet);
});

test("batches have the noisy labels, at every step the same", () => {
  const data = dataOf(0.5);
  const byTokens = new Map<string, number>();
  const { tokens, labels, size } = data.trainSet(0);
  for (let i = 0; i < size; i++)
    byTokens.set(tokens.slice(4 * i, 4 * i + 4).join(), labels[i] as number);
  for (let step = 0; step < 8; step++) {
    const batch = data.batch(step);
    for (let i = 0; i < batch.size; i++) {
      expect(batch.labels[i]).toBe(byTokens.get(batch.tokens.slice(4 * i, 4 * i + 4).join()));
    }
  }
});

test("the seed decides; a larger share has the noise of a smaller one", () => {
  const [few, more, other] = [dataOf(0.1), dataOf(0.4), dataOf(0.1, 4)].map(
    (data) => data.noise?.rows,
  );
  expect(few).toEqual(dataOf(0.1).noise?.rows);
  expect(few).not.toEqual(other);
  for (const [row, isNoise] of (few as Uint8Array).entries()) {
    if (isNoise) expect(more?.[row]).toBe(1);
  }
});

test("what cannot have noise is refused", () => {
  expect(() => dataOf(1)).toThrow("The label noise must be at least 0 and less than 1, not 1.");
  expect(() => dataOf(Number.NaN)).toThrow(/not NaN/);
});
