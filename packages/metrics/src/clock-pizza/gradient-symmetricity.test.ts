import "@tensorflow/tfjs-backend-cpu";
import { activate, embedding, linear, reshape } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type AskedLogit, gradientSymmetricity } from "./gradient-symmetricity";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const n = 7;
const angle = (x: number) => (2 * Math.PI * 2 * x) / n;
/** A circle, [n, 2]. */
const table = () =>
  tf.tensor2d(Array.from({ length: n }, (_, x) => [Math.cos(angle(x)), Math.sin(angle(x))]));

/** Both embeddings of the pair x·n + y, [pairs, 4]. */
const embedded = (at: tf.Tensor, rows: Int32Array) => {
  const ids = Int32Array.from({ length: 2 * rows.length }, (_, i) => {
    const row = rows[i >> 1] as number;
    return i % 2 === 0 ? Math.floor(row / n) : row % n;
  });
  return reshape(embedding(at, tf.tensor1d(ids, "int32")), [rows.length, 4]);
};

const ask = (x: number, y: number, label: number): AskedLogit => ({
  operands: [x, y],
  row: x * n + y,
  label,
});
const passes = [
  [ask(0, 1, 2), ask(5, 3, 0), ask(2, 6, 4)],
  [ask(4, 0, 6), ask(1, 3, 3)],
];

/** A network of two linear maps with an activation between. */
const through =
  (first: number[][], second: number[][], kind: "square" | "tanh") =>
  (at: tf.Tensor, rows: Int32Array) =>
    linear(activate(linear(embedded(at, rows), tf.tensor2d(first)), kind), tf.tensor2d(second));

const answers = (of: (c: number) => number) => Array.from({ length: n }, (_, c) => of(c));

test("is 1 for a network of the sum of both embeddings, −1 for one of the difference", async () => {
  const networkOf = (sign: number) =>
    through(
      [
        [1, 0],
        [0, 1],
        [sign, 0],
        [0, sign],
      ],
      [answers((c) => Math.cos(angle(c))), answers((c) => Math.sin(angle(c)))],
      "tanh",
    );
  const [at, before] = [table(), tf.memory().numTensors];
  expect(await gradientSymmetricity(["e", at], networkOf(1), passes)).toBeCloseTo(1, 5);
  expect(await gradientSymmetricity(["e", at], networkOf(-1), passes)).toBeCloseTo(-1, 5);
  expect(tf.memory().numTensors).toBe(before);
});

test("is cos w(a − b) for each logit cos w(a + b − c) of a clock, and 0 over all pairs", async () => {
  // Products by squares: 4·uv = (u + v)² − (u − v)², of the columns (cos a, sin a, cos b, sin b).
  const clock = through(
    [
      [1, 1, 0, 0, 0, 0, 1, 1],
      [0, 0, 1, 1, 1, 1, 0, 0],
      [1, -1, 0, 0, 1, -1, 0, 0],
      [0, 0, 1, -1, 0, 0, 1, -1],
    ],
    [1, -1, -1, 1]
      .map((sign) => answers((c) => (sign * Math.cos(angle(c))) / 4))
      .concat([1, -1, 1, -1].map((sign) => answers((c) => (sign * Math.sin(angle(c))) / 4))),
    "square",
  );
  const logits = clock(table(), Int32Array.of(3 * n + 5));
  expect((await logits.data())[4]).toBeCloseTo(Math.cos(angle(3 + 5 - 4)), 5);
  for (const asked of passes.flat()) {
    const [a, b] = asked.operands;
    const found = await gradientSymmetricity(["e", table()], clock, [[asked]]);
    expect(found).toBeCloseTo(Math.cos(angle(a - b)), 4);
  }
  const all = Array.from({ length: n * n }, (_, row) => [Math.floor(row / n), row % n] as const)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => [ask(a, b, 0)]);
  // All pairs have the mean 0, those of two equal operands 1 each.
  expect(await gradientSymmetricity(["e", table()], clock, all)).toBeCloseTo(-1 / (n - 1), 4);
});

test("refuses rows that occur twice in a pass, and rows of no embedding", async () => {
  const of = (...pass: AskedLogit[]) =>
    gradientSymmetricity(["e", table()], (at, rows) => embedded(at, rows), [pass]);
  await expect(of(ask(0, 1, 0), ask(1, 2, 0))).rejects.toThrow(
    "the row 1 of the embedding occurs twice in a pass",
  );
  await expect(of({ operands: [0, 9], row: 0, label: 0 })).rejects.toThrow(
    "there is no row 9 of an embedding of 7",
  );
});
