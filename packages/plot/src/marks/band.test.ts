import { describe, expect, it } from "vitest";
import { bandOf, runCounts } from "./band";

const run = (values: readonly (number | null)[]) =>
  values.map((val_acc, i) => ({ step: 10 * i, val_acc }));

describe("bandOf", () => {
  // The quantiles of 1, 2, 3, 4, 10 in R (type 7) and NumPy: 25% 2, 50% 3, 75% 4, 10% 1.4.
  const runs = [run([4, 1]), run([2, 1]), run([10, 1]), run([1, 1]), run([3, null])];

  it("is the median between the quartiles", () => {
    const { steps, center, low, high } = bandOf(runs, "val_acc", {}, "f");
    expect([...steps]).toEqual([0, 10]);
    expect([center[0], low[0], high[0]]).toEqual([3, 2, 4]);
  });

  it("takes the mean and other quantiles if asked", () => {
    const band = bandOf(runs, "val_acc", { center: "mean", quantiles: [0.1, 1] }, "f");
    expect(band.center[0]).toBeCloseTo(4);
    expect(band.low[0]).toBeCloseTo(1.4);
    expect(band.high[0]).toBe(10);
  });

  it("leaves out steps at which too few runs have a value", () => {
    expect(bandOf(runs, "val_acc", {}, "f").center[1]).toBeNaN();
    expect(bandOf(runs, "val_acc", {}, "f").low[1]).toBeNaN();
    expect(bandOf(runs, "val_acc", { minRuns: 4 }, "f").center[1]).toBe(1);
  });

  it("sorts the union of all steps, and counts the later of two records of one step", () => {
    const uneven = [
      [{ step: 100, val_acc: 0.5 }],
      [
        { step: 9, val_acc: 0.1 },
        { step: 100, val_acc: 0.9 },
        { step: 100, val_acc: 0.7 },
      ],
    ];
    const band = bandOf(uneven, "val_acc", { minRuns: 1 }, "f");
    expect([...band.steps]).toEqual([9, 100]);
    expect(band.center[0]).toBeCloseTo(0.1);
    expect(band.center[1]).toBeCloseTo(0.6);
  });

  it("lets a run that ended early count where it is, and not cut the others", () => {
    const stopped = [run([0.1, 0.2]), run([0.3, 0.4, 0.9, 1]), run([0.5, 0.6, 0.7, 0.8])];
    const cut = bandOf(stopped, "val_acc", {}, "f");
    expect([...cut.center].map(Number.isFinite)).toEqual([true, true, false, false]);
    const { center, low, high } = bandOf(stopped, "val_acc", { minRuns: "running" }, "f");
    expect([...center]).toEqual([0.3, 0.4, 0.8, 0.9]);
    expect([low[3], high[3]]).toEqual([0.85, 0.95].map((value) => expect.closeTo(value, 10)));
    // A step that one of those that continue was not evaluated at is left out.
    const sparse = [
      stopped[0] as never,
      [
        { step: 0, val_acc: 1 },
        { step: 30, val_acc: 1 },
      ],
    ];
    const band = bandOf(sparse, "val_acc", { minRuns: "running" }, "f");
    expect([...band.center].map(Number.isFinite)).toEqual([true, false, true]);
  });

  it("tells how many runs there are up to where", () => {
    expect(runCounts([run([1, 1]), run([1, 1])])).toBe("2");
    expect(runCounts([run([1, 1]), run([1, 1, 1]), run([1, 1, 1])])).toBe("3 to step 10, then 2");
    expect(runCounts([run([1]), run([1, 1]), run([1, 1, 1])])).toBe("3, at the end 1");
  });

  it("says what is wrong", () => {
    expect(() => bandOf([], "val_acc", {}, "f")).toThrow("f: there are no runs");
    expect(() => bandOf([[]], "val_acc", {}, "f")).toThrow("f: there are no records");
    expect(() => bandOf(runs, "val_acc", { minRuns: 6 }, "f")).toThrow("from 1 to 5");
    expect(() => bandOf(runs, "val_acc", { quantiles: [0.9, 0.1] }, "f")).toThrow(RangeError);
  });
});
