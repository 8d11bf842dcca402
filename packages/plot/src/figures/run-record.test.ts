import { describe, expect, it } from "vitest";
import { inOrder, metricOf, type RunRecord } from "./run-record";

describe("metricOf", () => {
  it("is NaN for what is missing, null or not finite", () => {
    const record = { step: 1, train_acc: null, val_acc: Number.POSITIVE_INFINITY, weight_norm: 3 };
    expect(metricOf(record as RunRecord, "weight_norm")).toBe(3);
    for (const metric of ["train_acc", "val_acc", "val_loss"]) {
      expect(metricOf(record as RunRecord, metric)).toBeNaN();
    }
  });
});

describe("inOrder", () => {
  it("sorts by step and leaves the input as it is", () => {
    const records = [{ step: 5 }, { step: 0 }, { step: 2 }];
    expect(inOrder(records, "f").map(({ step }) => step)).toEqual([0, 2, 5]);
    expect(records[0]).toEqual({ step: 5 });
  });

  it("says what is wrong with records that cannot be drawn", () => {
    expect(() => inOrder([], "f")).toThrow("f: there are no records to draw");
    expect(() => inOrder([{ step: 0 }, { step: -1 }], "f")).toThrow("f: record 1 has step -1");
    expect(() => inOrder([{ step: Number.NaN }], "f")).toThrow(RangeError);
  });
});
