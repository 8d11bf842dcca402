import { expect, test } from "vitest";
import { gather, rowsOf } from "./gather";
import { batchOf } from "./task/batch-of";

const examples = batchOf({
  tokens: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
  labels: Int32Array.of(10, 11, 20, 21, 30, 31),
  size: 3,
});

test("takes rows of tokens and of labels, in the order asked for, also twice", () => {
  expect(gather(examples, Int32Array.of(2, 0, 2))).toEqual(
    batchOf({
      tokens: Int32Array.of(7, 8, 9, 1, 2, 3, 7, 8, 9),
      labels: Int32Array.of(30, 31, 10, 11, 30, 31),
      size: 3,
    }),
  );
});

test("takes rows of features and targets, and parts as views", () => {
  const numbers = batchOf({
    size: 3,
    features: Float32Array.of(1, 2, 3, 4, 5, 6),
    targets: Float32Array.of(0.1, 0.2, 0.3),
  });
  const rows = gather(numbers, Int32Array.of(2, 0));
  expect([rows.features, rows.targets, rows.tokens.length]).toEqual([
    Float32Array.of(5, 6, 1, 2),
    Float32Array.of(0.3, 0.1),
    0,
  ]);
  const part = rowsOf(numbers, 1, 3);
  expect(part.features).toEqual(Float32Array.of(3, 4, 5, 6));
  expect(part.features.buffer).toBe(numbers.features.buffer);
  expect([part.size, part.labels.length]).toEqual([2, 0]);
});

test.each([3, -1])("example %d of three is refused", (index) => {
  expect(() => gather(examples, Int32Array.of(index))).toThrow(
    `Example ${index} is asked for, but there are 3, from 0.`,
  );
});
