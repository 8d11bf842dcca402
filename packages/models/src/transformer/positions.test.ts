import { describe, expect, it } from "vitest";
import { sinusoidalPositions } from "./positions";

describe("sinusoidalPositions", () => {
  it("has a sine and a cosine for each wavelength", () => {
    const [dModel, t] = [6, 3];
    const row = sinusoidalPositions(Int32Array.of(0, t), dModel).subarray(dModel);
    for (let i = 0; i < dModel / 2; i++) {
      const angle = t / 10000 ** ((2 * i) / dModel);
      expect(row[2 * i]).toBeCloseTo(Math.sin(angle), 6);
      expect(row[2 * i + 1]).toBeCloseTo(Math.cos(angle), 6);
    }
  });

  it("depends on the position, not on the row", () => {
    const values = sinusoidalPositions(Int32Array.of(4, 1, 4), 5);
    expect(values.subarray(0, 5)).toEqual(values.subarray(10));
    expect(values.subarray(5, 10)).toEqual(sinusoidalPositions(Int32Array.of(1), 5));
  });
});
