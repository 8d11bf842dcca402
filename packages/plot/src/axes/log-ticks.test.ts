import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logTicks } from "./log-ticks";

describe("logTicks", () => {
  it("labels powers of ten, with the other digits between them", () => {
    const { major, minor } = logTicks(1, 1000);
    expect(major).toEqual([1, 10, 100, 1000]);
    expect(minor.slice(0, 9)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 20]);
  });

  it("labels every other power where there are many", () => {
    const { major, minor } = logTicks(1e-9, 20);
    expect(major).toEqual([1e-8, 1e-6, 1e-4, 1e-2, 1]);
    expect(minor).toEqual([1e-9, 1e-7, 1e-5, 1e-3, 1e-1, 10]);
  });

  it("falls back to 1, 2, 5 and then to even steps on short ranges", () => {
    expect(logTicks(1000, 8000).major).toEqual([1000, 2000, 5000]);
    expect(logTicks(1000, 1900).major).toEqual([1000, 1200, 1400, 1600, 1800]);
  });

  it("labels two to eight ticks of any range of a decade or more, all inside", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -12, max: 6, noNaN: true }),
        fc.double({ min: 1, max: 18, noNaN: true }),
        (from, decades) => {
          const [low, high] = [10 ** from, 10 ** (from + decades)];
          const { major, minor } = logTicks(low, high);
          expect(major.length).toBeGreaterThanOrEqual(2);
          expect(major.length).toBeLessThanOrEqual(8);
          for (const tick of [...major, ...minor]) {
            expect(tick / low).toBeGreaterThan(1 - 1e-6);
            expect(tick / high).toBeLessThan(1 + 1e-6);
          }
          expect(minor.filter((tick) => major.includes(tick))).toEqual([]);
        },
      ),
    );
  });
});
