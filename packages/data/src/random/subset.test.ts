import { expect, it } from "vitest";
import { lastOf } from "../pieces";
import { randomStream } from "./stream";
import { drawingSubset } from "./subset";

/** Floyd's algorithm as it is usually written. */
function plainSubset(seed: number, n: number, k: number): number[] {
  const random = randomStream(seed, "subset");
  const members = new Set<number>();
  for (let top = n - k; top < n; top++) {
    const draw = random.integer(top + 1);
    members.add(members.has(draw) ? top : draw);
  }
  return [...members];
}

it.each([
  [1, 1],
  [2, 2],
  [10, 0],
  [10, 10],
  [1000, 999],
  [2 ** 20, 70_000],
  [2 ** 52, 70_000],
  [2 ** 33 + 1, 1_100],
])("of %d numbers draws %d, the very ones of a set", (n, k) => {
  const drawn = lastOf(drawingSubset(randomStream(3, "subset"), n, k));
  expect([...drawn]).toEqual(plainSubset(3, n, k));
});
