import { expect, test } from "vitest";
import { scoreOf } from "./score-of";

test("is the accuracy, or the explained share of values, or none", () => {
  const values = { train_acc: null, val_acc: null, train_explained: 0.9, val_explained: -3 };
  expect(scoreOf({ train_acc: 1, val_acc: 0.25 }, "val")).toBe(0.25);
  expect(scoreOf(values, "train")).toBe(0.9);
  expect(scoreOf(values, "val")).toBe(-3);
  expect(scoreOf({ ...values, train_acc: Number.NaN }, "train")).toBe(0.9);
  expect(scoreOf({ train_acc: null, val_acc: null }, "val")).toBeNaN();
});
