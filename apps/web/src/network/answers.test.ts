import { randomStream } from "@grok/data";
import { answerMap, matrixOf } from "@grok/metrics";
import { expect, test } from "vitest";
import { answersView, firstAnswer, tally } from "./answers";
import type { TableScene } from "./scene";

/** The table of a + b mod size, or of a/b-like pairs that begin at b = firstB, with random logits. */
function example(size: number, { firstB = 0, firstClass = 0, more = 0, isBlank = false } = {}) {
  const random = randomStream(size, "answers");
  const pairs: number[] = [];
  const answers = new Int16Array(size * size).fill(-1);
  const train = new Uint8Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = firstB; b < size; b++) {
      pairs.push(a, b);
      answers[a * size + b] = (a + b) % size;
      train[a * size + b] = random.integer(2);
    }
  }
  const rows = pairs.length / 2;
  const columns = firstClass + size + more;
  const logits = matrixOf(
    isBlank
      ? new Float32Array(rows * columns)
      : random.normalArray(rows * columns).map((x) => 3 * x),
    rows,
    columns,
  );
  const names = Array.from({ length: size }, (_, i) => `${i}`);
  const table: TableScene = { size, names, operator: "+", answers, train, firstClass };
  return { logits, pairs: Int32Array.from(pairs), table };
}

test.each([
  example(7),
  example(23, { more: 2 }),
  example(11, { firstB: 1, firstClass: 4, more: 3 }),
])("agrees with answerMap of @grok/metrics", ({ logits, pairs, table }) => {
  const { size, firstClass } = table;
  const view = answersView(logits, pairs, table);
  const labels = Array.from({ length: logits.rows }, (_, row) => {
    const [a, b] = pairs.subarray(2 * row, 2 * row + 2) as unknown as [number, number];
    return firstClass + (table.answers[a * size + b] as number);
  });
  const trained = [...labels.keys()].filter(
    (row) => table.train[(pairs[2 * row] as number) * size + (pairs[2 * row + 1] as number)] === 1,
  );
  const map = answerMap(logits, { size, pairs, labels, train: trained });
  const count = { train: { right: 0, of: 0 }, rest: { right: 0, of: 0 } };
  for (let cell = 0; cell < size * size; cell++) {
    if (map.correct[cell] === -1) continue;
    expect(firstAnswer(view, cell)).toBe(map.answers[cell]);
    const set = map.train[cell] === 1 ? count.train : count.rest;
    set.of++;
    set.right += map.correct[cell] as number;
  }
  expect(tally(view, table)).toEqual(count);
});

test("shares are the softmax in 255ths, the likeliest first", () => {
  const { logits, pairs, table } = example(13, { more: 1 });
  const view = answersView(logits, pairs, table);
  expect(view.depth).toBe(3);
  for (let row = 0; row < logits.rows; row++) {
    const own = [...logits.values.subarray(row * logits.columns, (row + 1) * logits.columns)];
    const sum = own.reduce((total, logit) => total + Math.exp(logit), 0);
    const order = [...own.keys()].sort((i, j) => (own[j] as number) - (own[i] as number));
    expect([...view.classes.subarray(3 * row, 3 * row + 3)]).toEqual(order.slice(0, 3));
    for (const [i, index] of order.slice(0, 3).entries()) {
      const share = (255 * Math.exp(own[index] as number)) / sum;
      expect(Math.abs((view.shares[3 * row + i] as number) - share)).toBeLessThan(0.501);
    }
    const right = (255 * Math.exp(own[table.answers[row] as number] as number)) / sum;
    expect(Math.abs((view.right[row] as number) - right)).toBeLessThan(0.501);
  }
});

test("of equal logits the lower class comes first, and huge ones do no harm", () => {
  const table = example(3).table;
  const pairs = example(3).pairs;
  const logits = matrixOf(new Float32Array(27).fill(1e30), 9, 3);
  const view = answersView(logits, pairs, table);
  expect([...view.classes.subarray(0, 3)]).toEqual([0, 1, 2]);
  expect(new Set(view.shares)).toEqual(new Set([85]));
});

test.each([
  [59, 2],
  [97, 2],
  [113, 1],
  [120, 1],
  [199, 1],
])("a table of %d with %d more classes takes less than 120 kB", (size, more) => {
  const { logits, pairs, table } = example(size, { more, isBlank: true });
  const { classes, shares, right, depth } = answersView(logits, pairs, table);
  const bytes = classes.byteLength + shares.byteLength + right.byteLength;
  expect(bytes).toBeLessThan(size < 199 ? 92_000 : 120_000);
  expect(depth).toBe(size <= 113 ? 3 : size === 120 ? 2 : 1);
});

test("more than 256 classes take two bytes", () => {
  const { logits, pairs, table } = example(5, { firstClass: 290 });
  expect(answersView(logits, pairs, table).classes).toBeInstanceOf(Uint16Array);
});
