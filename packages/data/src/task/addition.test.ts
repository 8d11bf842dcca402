import fc from "fast-check";
import { expect, test } from "vitest";
import { additionTask } from "./addition";
import { curriculumDigits } from "./curriculum";
import type { Batch } from "./task";

const symbols = "0123456789+=_$";

/** The text of example i: what is fed, and what is to be predicted. */
function text(
  batch: Batch,
  i: number,
  length = 33,
  answerPositions = 12,
): { fed: string; asked: string } {
  const write = (ids: Int32Array) => Array.from(ids, (id) => symbols[id]).join("");
  return {
    fed: write(batch.tokens.subarray(i * length, (i + 1) * length)),
    asked: write(batch.labels.subarray(i * answerPositions, (i + 1) * answerPositions)),
  };
}

const reversed = (s: string) => Array.from(s).reverse().join("");

test("has the sizes of the 777-parameter system", () => {
  const task = additionTask();
  expect(task).toMatchObject({ vocabulary: 14, classes: 14, length: 33, digits: 10 });
  expect(task.answerPositions).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32]);
  expect(task.chance).toBe(1 / 19_999_999_999);
  expect(task.curriculum.reduce((sum, stage) => sum + stage.steps, 0)).toBe(27_000);
});

test("writes sums as the system does", () => {
  const task = additionTask();
  const batch = task.encode(Float64Array.of(1234567890, 9876543210, 0, 7, 9999999999, 9999999999));
  expect(text(batch, 0)).toEqual({
    fed: "1234567890+9876543210=00111111111",
    asked: "00111111111$",
  });
  expect(text(batch, 1)).toEqual({
    fed: "0000000000+0000000007=70000000000",
    asked: "70000000000$",
  });
  expect(text(batch, 2)).toEqual({
    fed: "9999999999+9999999999=89999999991",
    asked: "89999999991$",
  });
});

test("sums are exact, against BigInt, for every number of digits", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 15 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (digits, x, y) => {
        const [a, b] = [Math.floor(x * 10 ** digits), Math.floor(y * 10 ** digits)];
        const batch = additionTask({ digits }).encode(Float64Array.of(a, b));
        const sum = (BigInt(a) + BigInt(b)).toString().padStart(digits + 1, "0");
        const pad = (n: number) => BigInt(n).toString().padStart(digits, "0");
        expect(text(batch, 0, 3 * digits + 3, digits + 2)).toEqual({
          fed: `${pad(a)}+${pad(b)}=${reversed(sum)}`,
          asked: `${reversed(sum)}$`,
        });
      },
    ),
    { numRuns: 500, examples: [[15, 1 - 2 ** -53, 1 - 2 ** -53]] },
  );
});

test("the test set is 10,000 right sums of large numbers, the same for the same seed", () => {
  const task = additionTask();
  const set = task.testSet(0);
  expect(set.size).toBe(10_000);
  let large = 0;
  const pairs = new Set<string>();
  for (let i = 0; i < set.size; i++) {
    const { fed, asked } = text(set, i);
    const [, a, b, answer] = /^(\d{10})\+(\d{10})=(\d{11})$/.exec(fed) as unknown as string[];
    expect(BigInt(reversed(answer as string))).toBe(BigInt(a as string) + BigInt(b as string));
    expect(asked).toBe(`${answer}$`);
    expect([Number(a), Number(b)]).toEqual([...set.operands.subarray(2 * i, 2 * i + 2)]);
    pairs.add(`${a} ${b}`);
    if (Number(a) > 2 ** 32) large++;
  }
  // A share 1 − 2³²/10¹⁰ = .5705 of the operands; the standard error is .005.
  expect(Math.abs(large / set.size - (1 - 2 ** 32 / 1e10))).toBeLessThan(0.025);
  expect(pairs.size).toBe(set.size);
  expect(task.testSet(0)).toEqual(set);
  expect(task.testSet(1).tokens).not.toEqual(set.tokens);
});

test("the stream is a function of seed and step, in whatever order it is read", () => {
  const task = additionTask();
  const forward = [0, 1, 2, 26_999, 50_000].map((step) => task.stream(7, step, 16));
  const again = additionTask();
  for (const [i, step] of [0, 1, 2, 26_999, 50_000].entries()) {
    expect(again.stream(7, step, 16)).toEqual(forward[i]);
  }
  expect(again.stream(7, 2, 16)).toEqual(forward[2]);
  expect(again.stream(8, 2, 16).tokens).not.toEqual(forward[2]?.tokens);
  expect(forward[0]?.tokens).not.toEqual(forward[1]?.tokens);
  expect(forward[0]?.tokens).toHaveLength(16 * 33);
  expect(forward[0]?.labels).toHaveLength(16 * 12);
});

test.each([
  [0, 3],
  [1_999, 3],
  [2_000, 6],
  [6_999, 6],
  [7_000, 10],
  [26_999, 10],
  [1_000_000, 10],
])("at step %d operands have up to %d digits, each number as often", (step, digits) => {
  const task = additionTask();
  expect(curriculumDigits(task.curriculum, step)).toBe(digits);
  const size = 6_000;
  const batch = task.stream(0, step, size);
  // P(operand has exactly k digits) = Σ_{n ≥ k} (1/digits)·(share of [0, 10ⁿ) with k digits)
  const counts = Array.from({ length: digits + 1 }, () => 0);
  for (let i = 0; i < size; i++) {
    const operand = text(batch, i)
      .fed.slice(0, 10)
      .replace(/^0+(?=\d)/, "");
    expect(operand.length).toBeLessThanOrEqual(digits);
    (counts[operand.length] as number)++;
  }
  for (let k = 1; k <= digits; k++) {
    let share = 0;
    for (let n = k; n <= digits; n++) {
      share += (10 ** k - (k === 1 ? 0 : 10 ** (k - 1))) / 10 ** n / digits;
    }
    const error = Math.sqrt((share * (1 - share)) / size);
    expect(Math.abs((counts[k] as number) / size - share)).toBeLessThan(5 * error);
  }
});

test("fewer digits cut the default curriculum", () => {
  const task = additionTask({ digits: 4 });
  expect(task.curriculum.map((stage) => stage.digits)).toEqual([3, 4, 4]);
  expect(task.answerPositions).toEqual([9, 10, 11, 12, 13, 14]);
});

test.each([
  [{ digits: 16 }, "The number of digits must be an integer from 1 to 15, not 16."],
  [{ digits: 0 }, "The number of digits must be an integer from 1 to 15, not 0."],
  [{ testSize: 0 }, "The size of the test set must be an integer of at least 1, not 0."],
  [{ curriculum: [] }, "A curriculum must have at least one stage."],
  [
    { curriculum: [{ steps: 0, digits: 3 }] },
    "The number of steps of the curriculum's stage 1 must be an integer of at least 1, not 0.",
  ],
  [
    { curriculum: [{ steps: 5, digits: 11 }] },
    "The number of digits of the curriculum's stage 1 must be an integer from 1 to 10, not 11.",
  ],
])("%j is refused", (options, message) => {
  expect(() => additionTask(options)).toThrow(message);
});

test("operands, batch sizes, steps and seeds out of bounds are refused", () => {
  const task = additionTask();
  expect(() => task.encode(Float64Array.of(1e10, 0))).toThrow("from 0 to 9999999999");
  expect(() => task.encode(Float64Array.of(0.5, 0))).toThrow("An operand must be");
  expect(() => task.encode(Float64Array.of(1))).toThrow("The number of sums must be");
  expect(() => task.stream(0, 0, 0)).toThrow("The batch size must be");
  expect(() => task.stream(0, -1, 4)).toThrow("The step must be");
  expect(() => task.stream(0.5, 0, 4)).toThrow("The seed must be");
});
