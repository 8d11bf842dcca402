import type { EvaluationRecord } from "@grok/train";
import { expect, it } from "vitest";
import { comparableColumns, drawable, furtherColumns, quantityOf, titleOfColumn } from "./columns";

const record = (step: number, more: Record<string, number | null>): EvaluationRecord => ({
  step,
  epoch: step,
  train_loss: 1,
  train_acc: Number.NaN,
  val_loss: 1,
  val_acc: Number.NaN,
  elapsed_sec: 1,
  ...more,
});

it("finds every column of numbers, an extension's too, and one that begins late", () => {
  const records = [
    record(1, { weight_norm: 2, largest_weight: null, val_explained: -1 }),
    record(2, { weight_norm: 2, largest_weight: -0.5, unheard_of: 3 }),
  ];
  expect(furtherColumns(records)).toEqual(["weight_norm", "largest_weight", "unheard_of"]);
  expect(furtherColumns([record(1, { own: null })])).toEqual([]);
});

it("has scores and losses first, and only those that the records have", () => {
  const values = [record(1, { own: 1, val_explained: 0.5 })];
  expect(comparableColumns(values)).toEqual(["val_explained", "val_loss", "train_loss", "own"]);
  const labels = [{ ...record(1, {}), val_acc: 0.5, train_acc: 1 }];
  expect(comparableColumns(labels)).toEqual(["val_acc", "train_acc", "val_loss", "train_loss"]);
  expect(titleOfColumn("val_loss")).toBe("Validation loss");
  expect(titleOfColumn("own")).toBe("own");
});

it("draws shares, losses and all other values on the axes that fit them", () => {
  expect(quantityOf("train_acc_noisy")).toBe("accuracy");
  expect(quantityOf("restricted_loss")).toBe("loss");
  // A share of examples, whose 0 is drawn.
  expect(quantityOf("zero_loss")).toBe("value");
  expect(quantityOf("weight_norm")).toBe("value");
  expect(drawable("value", -3)).toBe(-3);
  expect(drawable("loss", 0)).toBeNull();
  expect(drawable("accuracy", -0.1)).toBe(-0.1);
  expect(drawable("value", Number.NaN)).toBeNull();
});
