import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { dropout, keeps } from "./dropout";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A tensor's rows to six digits. */
const rows = (x: tf.Tensor) =>
  (x.arraySync() as number[][]).map((row) => row.map((value) => Number(value.toFixed(6)) + 0));

test("an element is kept and widened, or 0, as its index and the key say", () => {
  const options = { rate: 0.5, key: 3 };
  const y = rows(dropout(tf.ones([1, 64]), options))[0] as number[];
  expect(y).toEqual(Array.from({ length: 64 }, (_, i) => (keeps(i, options) ? 2 : 0)));
  expect(y.filter((value) => value === 2).length).toBeGreaterThan(16);
  expect(rows(dropout(tf.ones([1, 64]), { rate: 0.5, key: 4 }))[0]).not.toEqual(y);
});
