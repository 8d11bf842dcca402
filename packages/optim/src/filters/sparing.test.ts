import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { egalitarian } from "./egalitarian";
import { grokfastEma } from "./grokfast-ema";
import { sparing } from "./sparing";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const gradients = () => ({
  first: tf.tensor2d([3, 0, 0, 4], [2, 2]),
  second: tf.tensor2d([3, 0, 0, 4], [2, 2]),
});

test("a spared parameter's gradient stays, and the others are filtered as before", () => {
  const filter = sparing(egalitarian(), (name) => name === "second");
  const made = filter.apply(gradients(), gradients(), {}, 0);
  for (const [i, value] of [1, 0, 0, 1].entries()) {
    expect(made.first?.dataSync()[i]).toBeCloseTo(value, 3);
  }
  expect([...(made.second?.dataSync() ?? [])]).toEqual([3, 0, 0, 4]);
});

test("a filter keeps no state of what is spared", () => {
  const state = sparing(grokfastEma(), (name) => name === "second").initialise(gradients());
  const names = Object.keys(state);
  expect(names.some((name) => name.includes("first"))).toBe(true);
  expect(names.some((name) => name.includes("second"))).toBe(false);
});
