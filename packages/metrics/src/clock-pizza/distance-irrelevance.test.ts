import { expect, test } from "vitest";
import { distanceIrrelevance } from "./distance-irrelevance";

/** Logits that are of interest at the right answer alone. */
function logitsBy(order: number, right: (x: number, y: number) => number) {
  const values = new Float64Array(order ** 3).fill(100);
  for (let x = 0; x < order; x++) {
    for (let y = 0; y < order; y++)
      values[(x * order + y) * order + ((x + y) % order)] = right(x, y);
  }
  return { order, values };
}

test("is 0 for a right logit that is a function of the distance, in any group", () => {
  for (const n of [6, 7]) {
    const ofDistance = logitsBy(n, (x, y) => Math.cos((2 * Math.PI * (x - y)) / n));
    expect(distanceIrrelevance(ofDistance)).toBeCloseTo(0, 12);
  }
});

test("is 1 for one that is a function of the sum", () => {
  const ofSum = logitsBy(7, (x, y) => Math.cos((2 * Math.PI * (x + y)) / 7));
  expect(distanceIrrelevance(ofSum)).toBeCloseTo(1, 12);
});

test("is √½ where both have the same variance", () => {
  const wave = (x: number) => Math.cos((2 * Math.PI * x) / 7);
  const both = logitsBy(7, (x, y) => wave(x + y) + wave(x - y));
  expect(distanceIrrelevance(both)).toBeCloseTo(Math.SQRT1_2, 12);
});

test("refuses logits of another number of elements", () => {
  expect(() => distanceIrrelevance({ order: 3, values: new Float64Array(26) })).toThrow(
    "the pairs of 3 elements have 27 logits, and there are 26",
  );
});

test("is not defined where all right logits are equal", () => {
  expect(distanceIrrelevance(logitsBy(5, () => 3))).toBeNaN();
});
