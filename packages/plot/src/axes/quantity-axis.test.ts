import { describe, expect, it } from "vitest";
import { quantityAxis } from "./quantity-axis";

describe("quantityAxis", () => {
  it("holds all finite values and what it is to reach, with room at both ends", () => {
    const { domain, major } = quantityAxis([2, 4, Number.NaN, Number.POSITIVE_INFINITY], {
      label: "x",
      include: [0],
    });
    expect(domain).toEqual([-0.2, 4.2]);
    expect(major).toEqual([0, 1, 2, 3, 4]);
  });

  it("is logarithmic over a decade at least, and leaves out what has no logarithm", () => {
    const { type, domain } = quantityAxis([1, 2, 0, -3], { label: "x", scale: "log" });
    expect(type).toBe("log");
    expect(domain[0]).toBeGreaterThan(0);
    expect(domain[1] / domain[0]).toBeGreaterThan(10);
    expect(domain[0]).toBeLessThan(1);
    expect(domain[1]).toBeGreaterThan(2);
  });

  it("does not blow up rounding on a flat curve, and has a place for none at all", () => {
    const { domain } = quantityAxis([1, 1 + 1e-9], { label: "x" });
    expect(domain[1] - domain[0]).toBeGreaterThan(1e-3);
    expect(quantityAxis([], { label: "x" }).domain).toEqual([-0.05, 1.05]);
    expect(quantityAxis([-1], { label: "x" }).format(-1)).toBe("−1");
  });
});
