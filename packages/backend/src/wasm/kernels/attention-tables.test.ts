import "@tensorflow/tfjs-backend-cpu";
import { attention } from "@grok/ops";
import { RandomSource, relativeDifference } from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WasmHost } from "../host";
import { startWasm, stopWasm } from "../start";
import { tablesFor } from "./attention-tables";

const [n, depth, nq, nk, lists, e] = [240, 12, 6, 40, 30, 7];

interface Given {
  q: Float32Array;
  k: Float32Array;
  v: Float32Array;
}

/** Inputs whose scores have about this standard deviation. */
function inputs(std: number): Given {
  const random = new RandomSource(3);
  const size = Math.sqrt(std);
  const numbers = (rows: number, factor: number) =>
    random.normals(rows * e).map((x) => x * factor) as Float32Array;
  return { q: numbers(nq, size), k: numbers(nk, size), v: numbers(nk, 1) };
}

const random = new RandomSource(4);
const queries = Int32Array.from({ length: 3 * n }, (_, i) =>
  i % 3 === 0
    ? random.integer(0, nq - 1)
    : i % 3 === 1
      ? random.integer(0, lists - 1)
      : random.integer(1, depth),
);
const keyRows = random.integers(lists * depth, nk);
const dy = random.normals(n * e);

/** y and the gradients of q, k and v on the current backend. */
function results({ q, k, v }: Given): Float32Array[] {
  return tf.tidy(() => {
    const asked = tf.tensor(queries, [n, 3], "int32");
    const listed = tf.tensor(keyRows, [lists, depth], "int32");
    const given = [tf.tensor(q, [nq, e]), tf.tensor(k, [nk, e]), tf.tensor(v, [nk, e])];
    const { value, grads } = tf.engine().gradients(
      () => {
        const [a, b, c] = given as [tf.Tensor, tf.Tensor, tf.Tensor];
        return attention(a, b, c, asked, listed, { heads: 1 });
      },
      given,
      tf.tensor(dy, [n, e]),
    );
    return [value, ...grads].map((tensor) => Float32Array.from((tensor as tf.Tensor).dataSync()));
  });
}

async function onCpu(given: Given): Promise<Float32Array[]> {
  const before = tf.getBackend();
  await tf.setBackend("cpu");
  const found = results(given);
  await tf.setBackend(before);
  return found;
}

describe("attention by tables", () => {
  let host: WasmHost;

  beforeAll(async () => {
    host = await startWasm({ simd: "plain", threads: 1, guard: true });
  });

  afterAll(stopWasm);

  test("is chosen for few rows that many queries share, and not for rotary positions", () => {
    tf.tidy(() => {
      const shapes = {
        q: tf.zeros([nq, e]),
        k: tf.zeros([nk, e]),
        queries: tf.tensor(queries, [n, 3], "int32"),
        keyRows: tf.tensor(keyRows, [lists, depth], "int32"),
      };
      const chosen = tablesFor(host, shapes, { heads: 1, rotaryBase: 0 });
      expect(chosen).toMatchObject({ n, nq, nk, padded: 40, depth, e, row: 8 });
      expect(tablesFor(host, shapes, { heads: 1, rotaryBase: 1e4 })).toBeUndefined();
      const wide = { ...shapes, q: tf.zeros([nq, 16]), k: tf.zeros([nk, 16]) };
      expect(tablesFor(host, wide, { heads: 1, rotaryBase: 0 })).toBeUndefined();
      const distinct = { ...shapes, q: tf.zeros([nq * 10, e]) };
      expect(tablesFor(host, distinct, { heads: 1, rotaryBase: 0 })).toBeUndefined();
    });
  });

  // Beside the largest score of a whole table the scores of a query may vanish from 40 on.
  test.each([1, 16, 40, 200, 2000])("is right for scores of deviation %d", async (std) => {
    const given = inputs(std);
    const expected = await onCpu(given);
    const found = results(given);
    for (const [i, tensor] of expected.entries()) {
      // Scores in float32 are off by their size times 6e-8.
      const allowed = 1e-5 + std * 2e-6;
      expect(relativeDifference(found[i] as Float32Array, tensor, 0.1)).toBeLessThan(allowed);
    }
  });

  test("a key that is no number spoils the queries that have it and no other", async () => {
    const given = inputs(1);
    given.k.fill(Number.NaN, 0, 1);
    const [y] = results(given);
    const touched = Array.from({ length: n }, (_, i) => {
      const [list, count] = [queries[3 * i + 1] as number, queries[3 * i + 2] as number];
      return keyRows.subarray(list * depth, list * depth + count).includes(0);
    });
    expect(touched).toContain(true);
    expect(touched).toContain(false);
    const spoilt = touched.map((_, i) => Number.isNaN((y as Float32Array)[i * e]));
    expect(spoilt).toEqual(touched);
  });
});
