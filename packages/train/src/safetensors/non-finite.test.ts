import { expect, it } from "vitest";
import type { StoredTensor } from "./format";
import { findNonFinite } from "./non-finite";

it("finds where values are not finite, and how many", () => {
  const tensor = (...values: number[]) => ({
    shape: [values.length],
    data: new Float32Array(values),
  });
  const tensors = new Map<string, StoredTensor>([
    ["a", tensor(1, 2)],
    ["b", tensor(1, Number.POSITIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY)],
    ["c", { shape: [1], data: new Int32Array([2 ** 31 - 1]) }],
    ["d", tensor(Number.NaN)],
  ]);
  expect(findNonFinite(tensors)).toEqual([
    { name: "b", nan: 1, infinite: 2, first: 1 },
    { name: "d", nan: 1, infinite: 0, first: 0 },
  ]);
});
