import { expect, test } from "vitest";
import { groupsOf } from "./tiles";

test("neurons of one frequency are together, the largest group and the best explained first", () => {
  const groups = groupsOf(
    Int32Array.of(5, 2, 5, 0, 5, 2),
    Float32Array.of(0.5, 0.9, 0.75, 0, 0.25, 1),
  );
  expect(groups.map(({ frequency }) => frequency)).toEqual([5, 2, 0]);
  expect(groups[0]?.neurons.map(({ neuron }) => neuron)).toEqual([2, 0, 4]);
  expect(groups[0]?.mean).toBe(0.5);
  expect(groups[1]?.neurons.map(({ neuron }) => neuron)).toEqual([5, 1]);
});
