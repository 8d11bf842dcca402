import { expect, test } from "vitest";
import { phaseSpans } from "./phase-spans";

const record = (step: number, train_acc: number, val_acc: number) => ({ step, train_acc, val_acc });

test("a run that groks goes through all four, each from its threshold", () => {
  const records = [
    record(1, 0.01, 0.01),
    record(100, 0.9, 0.02),
    record(200, 0.91, 0.3),
    record(300, 1, 0.31),
    record(400, 1, 0.9),
    record(500, 1, 0.91),
    record(600, 1, 1),
  ];
  expect(phaseSpans(records)).toEqual([
    { phase: "confusion", from: 1, to: 200 },
    { phase: "memorisation", from: 200, to: 300 },
    { phase: "grokking", from: 300, to: 500 },
    { phase: "comprehension", from: 500, to: 600 },
  ]);
});

test("no phase comes back, and one without an evaluation is left out", () => {
  const dips = [record(1, 1, 0.1), record(2, 1, 0.95), record(3, 0.5, 0.2), record(4, 1, 1)];
  expect(phaseSpans(dips)).toEqual([
    { phase: "memorisation", from: 1, to: 2 },
    { phase: "comprehension", from: 2, to: 4 },
  ]);
  const never = [record(1, 0.2, 0.5), record(2, 0.3, 0.6)];
  expect(phaseSpans(never)).toEqual([{ phase: "confusion", from: 1, to: 2 }]);
  expect(phaseSpans([])).toEqual([]);
  expect(phaseSpans([record(5, 1, 0.2)], { rise: 0.1 })).toEqual([
    { phase: "grokking", from: 5, to: 5 },
  ]);
});

test("steps out of order, thresholds that fall", () => {
  expect(() => phaseSpans([record(2, 0, 0), record(1, 0, 0)])).toThrow(RangeError);
  expect(() => phaseSpans([record(2, 0, 0), record(Number.NaN, 0, 0)])).toThrow(RangeError);
  expect(() => phaseSpans([], { rise: 0.95 })).toThrow("thresholds rise within [0, 1]");
});
