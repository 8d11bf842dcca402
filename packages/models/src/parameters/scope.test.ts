import type * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { scopeOf } from "./scope";

const weight = {} as tf.Tensor;

test("a scope has its part's parameters by their names within it, and names the whole of a missing one", () => {
  const attention = scopeOf({ "layers.0.attention.query.weight": weight }, "layers.0").within(
    "attention",
  );
  expect(attention.within("query").parameter("weight")).toBe(weight);
  expect(attention.parameter("query.weight")).toBe(weight);
  expect(() => attention.within("key").parameter("weight")).toThrow(
    "the network's parameters lack layers.0.attention.key.weight",
  );
});
