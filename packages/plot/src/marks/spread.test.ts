import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spread } from "./spread";

const labels = fc.array(
  fc.record({
    anchor: fc.double({ min: 0, max: 500, noNaN: true }),
    size: fc.double({ min: 5, max: 120, noNaN: true }),
  }),
  { minLength: 1, maxLength: 5 },
);
const GAP = 8;
const cost = (centres: readonly number[], anchors: readonly number[]) =>
  centres.reduce((sum, centre, i) => sum + (centre - (anchors[i] as number)) ** 2, 0);

describe("spread", () => {
  it("places labels in order, apart and inside, or says that they do not fit", () => {
    fc.assert(
      fc.property(labels, (input) => {
        const sorted = input.sort((a, b) => a.anchor - b.anchor);
        const sizes = sorted.map(({ size }) => size);
        const anchors = sorted.map(({ anchor }) => anchor);
        const centres = spread(anchors, sizes, GAP, 0, 500);
        const needed = sizes.reduce((sum, size) => sum + size, GAP * (sizes.length - 1));
        if (centres === undefined) {
          expect(needed).toBeGreaterThan(500 - 1e-9);
          return;
        }
        let edge = -GAP;
        for (const [i, centre] of centres.entries()) {
          expect(centre - (sizes[i] as number) / 2).toBeGreaterThanOrEqual(edge + GAP - 1e-9);
          edge = centre + (sizes[i] as number) / 2;
        }
        expect(edge).toBeLessThanOrEqual(500 + 1e-9);
      }),
    );
  });

  it("shifts three labels as little as any placement on a grid", () => {
    const place = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(fc.tuple(place, place, place), (wished) => {
        const anchors = wished.sort((a, b) => a - b);
        const centres = spread(anchors, [12, 8, 12], 2, 0, 60) as number[];
        let best = Number.POSITIVE_INFINITY;
        for (let a = 6; a <= 54; a++) {
          for (let b = a + 12; b <= 54; b++) {
            for (let c = b + 12; c <= 54; c++) best = Math.min(best, cost([a, b, c], anchors));
          }
        }
        expect(cost(centres, anchors)).toBeLessThanOrEqual(best + 1e-9);
      }),
    );
  });

  it("leaves labels where they are if they have room", () => {
    expect(spread([50, 200], [40, 40], 8, 0, 400)).toEqual([50, 200]);
    expect(spread([], [], 8, 0, 400)).toEqual([]);
    expect(spread([1], [500], 8, 0, 400)).toBeUndefined();
  });
});
