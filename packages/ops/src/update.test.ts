import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { registerFastKernel } from "./operation/registry";
import { defineUpdate } from "./update";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const update = defineUpdate<"a" | "b" | "c", { factor: number }>({
  name: "GrokTestUpdate",
  roles: ["a", "b", "c"],
  replaces: ["a", "c"],
  reference: ({ a, b, c }, { factor }) => ({
    a: tf.add(a, tf.mul(b, factor)),
    c: tf.add(c, 1),
  }),
});

const slots = (x: number) => ({
  a: tf.tensor1d([x, x + 1]),
  b: tf.tensor1d([10, 20]),
  c: tf.tensor1d([0, -1]),
});

afterEach(() => {
  if (tf.getKernel("GrokTestUpdate", "cpu")) tf.unregisterKernel("GrokTestUpdate", "cpu");
});

test("the reference form replaces what it says and nothing else, with no tensor left over", () => {
  const given = [slots(1), slots(5)];
  const before = tf.memory().numTensors;
  const made = update(given, { factor: 2 });
  expect(tf.memory().numTensors).toBe(before);
  expect(made.map(({ a, c }) => [[...a.dataSync()], [...c.dataSync()]])).toEqual([
    [
      [21, 42],
      [1, 0],
    ],
    [
      [25, 46],
      [1, 0],
    ],
  ]);
  for (const [i, slot] of given.entries()) {
    expect([slot.a.isDisposed, slot.b.isDisposed, slot.c.isDisposed]).toEqual([true, false, true]);
    expect(made[i]?.b).toBe(slot.b);
  }
  tf.dispose(made as unknown as tf.TensorContainer);
});

test("what is replaced inside a tidy outlives it", () => {
  const given = [slots(1)];
  const before = tf.memory().numTensors;
  let made: ReturnType<typeof update> = [];
  tf.tidy(() => {
    made = update(given, { factor: 1 });
  });
  expect(made.map(({ a }) => [...a.dataSync()])).toEqual([[11, 22]]);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(made as unknown as tf.TensorContainer);
});

test("a fast kernel gets role after role, parameter after parameter, and writes in place", () => {
  registerFastKernel({
    kernelName: "GrokTestUpdate",
    backendName: "cpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const values = (i: number) =>
        (backend as { readSync(id: object): Float32Array }).readSync(
          (inputs[i] as tf.TensorInfo).dataId,
        );
      const { factor } = attrs as unknown as { factor: number };
      for (let first = 0; first < Object.keys(inputs).length; first += 3) {
        const [a, b, c] = [values(first), values(first + 1), values(first + 2)];
        for (let i = 0; i < a.length; i++) {
          a[i] = (a[i] as number) + factor * (b[i] as number);
          c[i] = (c[i] as number) + 1;
        }
      }
      return [];
    },
  });
  // More than ten inputs: "10" must not come before "2".
  const given = [1, 2, 3, 4].map(slots);
  const before = tf.memory().numTensors;
  const made = update(given, { factor: 2 });
  expect(tf.memory().numTensors).toBe(before);
  for (const [i, { a, c }] of made.entries()) {
    expect(a).toBe(given[i]?.a);
    expect([...a.dataSync()]).toEqual([21 + i, 42 + i]);
    expect([...c.dataSync()]).toEqual([1, 0]);
  }
  tf.dispose(made as unknown as tf.TensorContainer);
});

test("no parameters are no work", () => {
  expect(update([], { factor: 1 })).toEqual([]);
});

test("a fast kernel leaves alone what shares a replaced tensor's data", () => {
  registerFastKernel({
    kernelName: "GrokTestUpdate",
    backendName: "cpu",
    kernelFunc: ({ inputs }) => {
      (inputs["0"] as tf.Tensor).dataSync()[0] = 7;
      return [];
    },
  });
  const given = slots(1);
  const clone = given.a.clone();
  const reshaped = tf.reshape(given.a, [2, 1]);
  const before = tf.memory().numTensors;
  const made = update([given], { factor: 1 });
  expect([...(made[0]?.a.dataSync() ?? [])]).toEqual([7, 2]);
  expect([...clone.dataSync()]).toEqual([1, 2]);
  expect([...reshaped.dataSync()]).toEqual([1, 2]);
  expect(tf.memory().numTensors).toBe(before);
  expect(given.a.isDisposed).toBe(true);
});
