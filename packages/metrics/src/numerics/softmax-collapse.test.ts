import { expect, test } from "vitest";
import { matrixOf } from "../matrix/matrix";
import { softmaxCollapse } from "./softmax-collapse";

const rows = (...logits: number[][]) =>
  matrixOf(Float32Array.from(logits.flat()), logits.length, logits[0]?.length ?? 0);

test("collapses where float32 absorbs the other classes", () => {
  // 1 + exp(−16) rounds to 1 + 2⁻²³, 1 + exp(−17) to 1: half of 2⁻²³ lies between.
  const logits = rows([0, -16], [0, -17], [0, -17], [-17, 0], [3, 3]);
  expect(softmaxCollapse(logits, [0, 0, 1, 1, 0])).toEqual({ collapsed: 0.6, zeroLoss: 0.4 });
});

test("collapses later in double precision", () => {
  // Half of 2⁻⁵² lies between exp(−36) and exp(−37).
  const logits = rows([0, -17], [0, -36], [0, -37], [3, 3]);
  expect(softmaxCollapse(logits, [0, 0, 0, 0], { precision: "float64" })).toEqual({
    collapsed: 0.25,
    zeroLoss: 0.25,
  });
});

test("many small ones together are not absorbed, whatever their order", () => {
  const small = Array<number>(100).fill(-17);
  expect(softmaxCollapse(rows([0, ...small], [...small, 0]), [0, 100])).toEqual({
    collapsed: 0,
    zeroLoss: 0,
  });
});

test("NaN, infinity and wrong labels", () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => softmaxCollapse(rows([0, 1], [wrong, 0]), [0, 0])).toThrow(
      new RangeError(`the logits has ${wrong} at row 1, column 0: all numbers must be finite`),
    );
  }
  const logits = rows([1, 0], [2, 0]);
  expect(() => softmaxCollapse(logits, [0])).toThrow(
    new RangeError("2 rows of logits need 2 labels, not 1"),
  );
  expect(() => softmaxCollapse(logits, [0, 2])).toThrow(
    new RangeError("label 2 is not among the 2 classes"),
  );
});
