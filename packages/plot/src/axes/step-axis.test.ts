import { describe, expect, it } from "vitest";
import { stepAxis } from "./step-axis";

describe("stepAxis", () => {
  it("spans the steps above 0 on a log scale", () => {
    const axis = stepAxis([1, 800, 300_000], "log");
    expect(axis.domain).toEqual([1, 300_000]);
    expect(axis.major.map(axis.format)).toEqual(["1", "10", "100", "1k", "10k", "100k"]);
    expect(axis.breakAt).toBeUndefined();
    expect(axis.label).toBe("Optimization steps (log scale)");
  });

  it("gives step 0 a place of its own left of the first step, beyond a break", () => {
    const axis = stepAxis([0, 10, 100, 100_000], "log");
    const zero = axis.place(0);
    expect(axis.domain).toEqual([zero, 100_000]);
    expect(Math.log(10 / zero) / Math.log(1e4)).toBeCloseTo(0.06);
    expect(axis.breakAt).toBeGreaterThan(zero);
    expect(axis.breakAt).toBeLessThan(10);
    expect(axis.format(zero)).toBe("0");
    expect(axis.place(10)).toBe(10);
  });

  it("begins at 0 on a linear scale", () => {
    const axis = stepAxis([1000, 250_000], "linear");
    expect(axis.domain).toEqual([0, 250_000]);
    expect(axis.major.map(axis.format)).toEqual(["0", "50k", "100k", "150k", "200k", "250k"]);
  });

  it.each([[[0]], [[7]], [[0, 7]], [[1]]])("has a range for the steps %j alone", (steps) => {
    for (const scale of ["log", "linear"] as const) {
      const axis = stepAxis(steps, scale);
      const [low, high] = axis.domain;
      expect(high).toBeGreaterThan(low);
      for (const step of steps) {
        expect(axis.place(step)).toBeGreaterThanOrEqual(low);
        expect(axis.place(step)).toBeLessThanOrEqual(high);
      }
      expect(axis.major.length).toBeGreaterThanOrEqual(2);
    }
  });
});
