import fc from "fast-check";
import { expect, test } from "vitest";
import { type ParityTaskOptions, parityTask } from "./parity";

const options = fc.integer({ min: 1, max: 52 }).chain((bits) =>
  fc.record({
    bits: fc.constant(bits),
    relevant: fc.integer({ min: 1, max: bits }),
    samples: fc.integer({ min: 1, max: Math.min(2 ** bits, 200) }),
    seed: fc.maxSafeInteger(),
  }),
);

test("examples differ, have the parity of the relevant bits, and repeat with the seed", () => {
  fc.assert(
    fc.property(options, (o) => {
      const task = parityTask(o);
      const data = task.dataset();
      expect(new Set(task.relevantBits).size).toBe(o.relevant);
      expect(task.relevantBits.every((bit) => bit >= 0 && bit < o.bits)).toBe(true);
      const rows = new Set<string>();
      for (let i = 0; i < data.size; i++) {
        const row = data.tokens.subarray(i * o.bits, (i + 1) * o.bits);
        rows.add(row.join(""));
        const ones = task.relevantBits.filter((bit) => row[bit] === 1).length;
        expect(data.labels[i]).toBe(ones % 2);
      }
      expect(data.tokens.every((id) => id === 0 || id === 1)).toBe(true);
      expect(rows.size).toBe(o.samples);
      expect(parityTask(o).dataset()).toEqual(data);
      expect(parityTask(o).relevantBits).toEqual(task.relevantBits);
    }),
  );
});

test("one-hot ids are the same bits, two places per bit", () => {
  const bits = parityTask({ bits: 9, samples: 50 }).dataset();
  const oneHot = parityTask({ bits: 9, samples: 50, layout: "one-hot" }).dataset();
  expect(oneHot.vocabulary).toBe(18);
  expect(oneHot.labels).toEqual(bits.labels);
  expect(oneHot.tokens).toEqual(bits.tokens.map((bit, i) => 2 * (i % 9) + bit));
});

test("signs are the same bits, −1 and 1, for networks that take numbers", () => {
  const bits = parityTask({ bits: 9, samples: 50 }).dataset();
  const task = parityTask({ bits: 9, samples: 50, layout: "signs" });
  expect(task).toMatchObject({ vocabulary: 0, length: 0, features: 9, values: 0, classes: 2 });
  const signs = task.dataset();
  expect([...signs.features]).toEqual([...bits.tokens].map((bit) => (bit === 1 ? 1 : -1)));
  expect(signs.labels).toEqual(bits.labels);
  // The parity of three ones is the sign of the product.
  for (let i = 0; i < signs.size; i++) {
    const product = task.relevantBits.reduce(
      (made, place) => made * (signs.features[9 * i + place] as number),
      1,
    );
    expect(product).toBe(signs.labels[i] === 1 ? 1 : -1);
  }
});

test("all samples of few bits are all words", () => {
  const { tokens, labels } = parityTask({ bits: 6, relevant: 6, samples: 64 }).dataset();
  const words = Array.from({ length: 64 }, (_, i) => tokens.subarray(6 * i, 6 * i + 6).join(""));
  expect(new Set(words).size).toBe(64);
  expect(labels.reduce((sum, label) => sum + label, 0)).toBe(32);
});

test("every bit is fair, and every bit is as likely to be relevant", () => {
  const { tokens, size } = parityTask({ bits: 40, samples: 10_000 }).dataset();
  for (let bit = 0; bit < 40; bit++) {
    let ones = 0;
    for (let i = 0; i < size; i++) ones += tokens[i * 40 + bit] as number;
    expect(Math.abs(ones - size / 2)).toBeLessThan(5 * Math.sqrt(size / 4));
  }
  const counts = Array.from({ length: 10 }, () => 0);
  for (let seed = 0; seed < 2_000; seed++) {
    for (const bit of parityTask({ bits: 10, relevant: 3, samples: 1, seed }).relevantBits) {
      (counts[bit] as number)++;
    }
  }
  for (const count of counts) {
    expect(Math.abs(count - 600)).toBeLessThan(5 * Math.sqrt(2_000 * 0.3 * 0.7));
  }
});

test("every subset of the words is as likely: the six pairs of four words", () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 6_000; seed++) {
    const { tokens } = parityTask({ bits: 2, relevant: 1, samples: 2, seed }).dataset();
    const words = [tokens.subarray(0, 2).join(""), tokens.subarray(2).join("")].sort().join();
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) {
    expect(Math.abs(count - 1_000)).toBeLessThan(5 * Math.sqrt(6_000 * (1 / 6) * (5 / 6)));
  }
});

test("has the sizes of the defaults", () => {
  expect(parityTask()).toMatchObject({
    kind: "finite",
    vocabulary: 2,
    classes: 2,
    length: 40,
    answerPositions: [39],
    chance: 0.5,
  });
  expect(parityTask().dataset().size).toBe(1_100);
});

test.each<[ParityTaskOptions, string]>([
  [
    { bits: 5, relevant: 6 },
    "The number of relevant bits among 5 must be an integer from 1 to 5, not 6.",
  ],
  [{ relevant: 0 }, "The number of relevant bits among 40 must be an integer from 1 to 40, not 0."],
  [{ bits: 53 }, "The number of bits must be an integer from 1 to 52, not 53."],
  [
    { bits: 5, samples: 33 },
    "The number of samples of 5 bits must be an integer from 1 to 32, not 33.",
  ],
  [{ layout: "mlx" } as never, 'Unknown layout "mlx": sparse parity has bits, one-hot and signs.'],
])("%j is refused", (wrong, message) => {
  expect(() => parityTask(wrong)).toThrow(message);
});
