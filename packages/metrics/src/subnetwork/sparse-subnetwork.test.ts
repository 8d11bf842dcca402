import { describe, expect, test } from "vitest";
import { matrixOf } from "../matrix/matrix";
import { sparseSubnetwork } from "./sparse-subnetwork";

/** Four examples of two classes, and three neurons of which the second alone knows the answer. */
const labels = Int32Array.of(0, 1, 0, 1);
const hidden = matrixOf(
  // biome-ignore format: a row per example
  Float32Array.of(
    1, 0, 3,
    0, 2, 0,
    2, 0, 0,
    1, 2, 3,
  ),
  4,
  3,
);
// To class 0 and to class 1.
const weight = matrixOf(Float32Array.of(0.1, 0, 0, 5, 0.2, 0), 3, 2);
const given = { hidden, weight, labels, train: Int32Array.of(0, 1) };

describe("the sparse subnetwork", () => {
  test("is the fewest neurons of largest norm that keep training accuracy", () => {
    const { neurons, sparse, rest, full } = sparseSubnetwork({ ...given, norms: [1, 9, 2] });
    expect([...full]).toEqual([0, 1, 0, 1]);
    // Of nothing, and of a neuron that is silent, the first class is the answer.
    expect([...neurons]).toEqual([1]);
    expect([...sparse]).toEqual([0, 1, 0, 1]);
    expect([...rest]).toEqual([0, 0, 0, 0]);
  });

  test("takes neurons of larger norm along, whatever they do", () => {
    const { neurons, rest } = sparseSubnetwork({ ...given, norms: [7, 5, 9] });
    expect([...neurons]).toEqual([2, 0, 1]);
    expect([...rest]).toEqual([0, 0, 0, 0]);
  });

  test("keeps the biases, and judges by training examples alone", () => {
    const train = Int32Array.of(1, 3);
    const found = sparseSubnetwork({ ...given, train, norms: [9, 1, 2], bias: [0, 0.5] });
    // The bias alone is right on both, and so is the first neuron with it.
    expect([...found.neurons]).toEqual([0]);
    expect([...found.sparse]).toEqual([1, 1, 1, 1]);
    expect([...found.full]).toEqual([0, 1, 1, 1]);
  });
});
