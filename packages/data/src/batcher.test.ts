import fc from "fast-check";
import { expect, test } from "vitest";
import { type BatcherOptions, batcher, batchModes } from "./batcher";

test("half of division mod 97 at 512 takes 10 steps per epoch, the last of 48", () => {
  const batches = batcher({ mode: "epoch", size: 4_656, batchSize: 512, seed: 0 });
  expect(batches.stepsPerEpoch).toBe(10);
  expect(batches.indices(8)).toHaveLength(512);
  expect(batches.indices(9)).toHaveLength(48);
  expect(batches.indices(10)).toHaveLength(512);
});

const sizes = fc.record({
  size: fc.integer({ min: 1, max: 300 }),
  batchSize: fc.integer({ min: 1, max: 400 }),
  seed: fc.maxSafeInteger(),
});

test("an epoch takes every example once", () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 0, max: 1_000_000 }), (options, epoch) => {
      const batches = batcher({ mode: "epoch", ...options });
      const taken: number[] = [];
      for (let step = 0; step < batches.stepsPerEpoch; step++) {
        const indices = batches.indices(epoch * batches.stepsPerEpoch + step);
        const last = step === batches.stepsPerEpoch - 1;
        expect(last || indices.length === options.batchSize).toBe(true);
        expect(indices.length).toBeGreaterThan(0);
        taken.push(...indices);
      }
      expect(taken.sort((a, b) => a - b)).toEqual(
        Array.from({ length: options.size }, (_, i) => i),
      );
    }),
  );
});

test("every epoch has an order of its own", () => {
  const batches = batcher({ mode: "epoch", size: 100, batchSize: 100, seed: 0 });
  const orders = new Set(Array.from({ length: 50 }, (_, step) => batches.indices(step).join()));
  expect(orders.size).toBe(50);
});

test("the order of a large epoch can be made piece by piece, once", () => {
  const options = { mode: "epoch", size: 2 ** 18, batchSize: 4, seed: 0 } as const;
  const batches = batcher(options);
  expect([...batches.preparing(7)].length).toBeGreaterThan(2);
  expect([...batches.preparing(8)]).toEqual([]);
  expect(batches.indices(7)).toEqual(batcher(options).indices(7));
});

test("indices are a function of seed and step, in whatever order they are asked for", () => {
  fc.assert(
    fc.property(
      sizes,
      fc.constantFrom(...batchModes),
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 }),
      (options, mode, steps) => {
        const reused = batcher({ mode, ...options });
        for (const step of steps) {
          const indices = reused.indices(step);
          expect(indices).toEqual(batcher({ mode, ...options }).indices(step));
          expect(indices.every((index) => index >= 0 && index < options.size)).toBe(true);
          indices.fill(-1);
        }
      },
    ),
  );
});

test("with replacement every example is drawn as often, some twice in a batch", () => {
  const batches = batcher({ mode: "replacement", size: 50, batchSize: 50, seed: 1 });
  const counts = Array.from({ length: 50 }, () => 0);
  for (let step = 0; step < 1_000; step++) {
    for (const index of batches.indices(step)) (counts[index] as number)++;
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(5 * Math.sqrt(1_000));
  expect(new Set(batches.indices(0)).size).toBeLessThan(50);
  expect(batches.stepsPerEpoch).toBe(1);
});

test("full is everything, at every step", () => {
  const batches = batcher({ mode: "full", size: 2_822, seed: 0 });
  expect(batches.stepsPerEpoch).toBe(1);
  expect([...batches.indices(123)]).toEqual(Array.from({ length: 2_822 }, (_, i) => i));
});

test.each<[Partial<BatcherOptions>, string]>([
  [{ batchSize: 0 }, "The batch size must be an integer of at least 1, not 0."],
  [{ batchSize: 1.5 }, "The batch size must be an integer of at least 1, not 1.5."],
  [{ batchSize: undefined }, "The batch size must be an integer of at least 1, not undefined."],
  [{ size: 0 }, "The number of examples must be an integer of at least 1, not 0."],
  [
    { mode: "nope" as "full" },
    'Unknown batch mode "nope": it must be one of epoch, replacement, full.',
  ],
])("%j is refused", (wrong, message) => {
  expect(() => batcher({ mode: "epoch", size: 10, batchSize: 5, seed: 0, ...wrong })).toThrow(
    message,
  );
});

test.each(batchModes)("mode %s refuses a step or a seed that is none", (mode) => {
  const batches = batcher({ mode, size: 10, batchSize: 5, seed: 0 });
  expect(() => batches.indices(-1)).toThrow("The step must be");
  expect(() => batches.indices(0.5)).toThrow("The step must be");
});
