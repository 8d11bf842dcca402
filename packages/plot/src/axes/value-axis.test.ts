import { describe, expect, it } from "vitest";
import { accuracyAxis, lossAxis } from "./value-axis";

it("shows accuracy from 0 to 100 percent", () => {
  const axis = accuracyAxis();
  expect(axis.label).toBe("Accuracy (%)");
  expect(axis.major).toEqual([0, 20, 40, 60, 80, 100]);
  expect(axis.domain[0]).toBeLessThan(0);
  expect(axis.domain[1]).toBeGreaterThan(100);
});

describe("lossAxis", () => {
  it("holds all losses above 0", () => {
    const { domain, major, format } = lossAxis([4.6, Number.NaN, 0, -1, 2e-8, 20]);
    expect(domain[0]).toBeLessThan(2e-8);
    expect(domain[0]).toBeGreaterThan(5e-9);
    expect(domain[1]).toBeGreaterThan(20);
    expect(domain[1]).toBeLessThan(60);
    expect(major.map(format)).toEqual(["10^{−8}", "10^{−6}", "10^{−4}", "10^{−2}", "10^{0}"]);
  });

  it("writes small ranges without powers", () => {
    const { major, format } = lossAxis([0.02, 6]);
    expect(major.map(format)).toEqual(["0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5"]);
  });

  it("spans a decade at least, and 0.1 to 10 if there is no loss to show", () => {
    const [low, high] = lossAxis([3, 3.1]).domain;
    expect(high / low).toBeGreaterThan(9.99);
    const [none, end] = lossAxis([Number.NaN]).domain;
    expect(none).toBeLessThan(0.1);
    expect(none).toBeGreaterThan(0.05);
    expect(end).toBeGreaterThan(10);
  });
});
