import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thinIndices } from "./thin";

const points = fc.array(
  fc.record({
    jump: fc.integer({ min: 0, max: 2 }),
    value: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -50, max: 50 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
  }),
  { maxLength: 200 },
);

function columnsOf(input: readonly { jump: number }[]): number[] {
  let column = 0;
  // Two of three jumps stay, so that columns hold several points.
  return input.map(({ jump }) => {
    column += Math.max(0, jump - 1);
    return column;
  });
}

function finiteByColumn(columns: number[], values: number[], indices: Iterable<number>) {
  const byColumn = new Map<number, number[]>();
  for (const i of indices) {
    if (!Number.isFinite(values[i])) continue;
    const column = columns[i] as number;
    byColumn.set(column, [...(byColumn.get(column) ?? []), values[i] as number]);
  }
  return byColumn;
}

describe("thinIndices", () => {
  it("keeps the first, last, least and greatest value of every column", () => {
    fc.assert(
      fc.property(points, (input) => {
        const columns = columnsOf(input);
        const values = input.map(({ value }) => value);
        const kept = thinIndices(columns, values);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        const before = finiteByColumn(columns, values, values.keys());
        const after = finiteByColumn(columns, values, kept);
        expect([...after.keys()]).toEqual([...before.keys()]);
        for (const [column, all] of before) {
          const some = after.get(column) as number[];
          expect(some.length).toBeLessThanOrEqual(4);
          expect(some[0]).toBe(all[0]);
          expect(some.at(-1)).toBe(all.at(-1));
          expect(Math.min(...some)).toBe(Math.min(...all));
          expect(Math.max(...some)).toBe(Math.max(...all));
        }
      }),
    );
  });

  it("keeps a gap that leaves a column empty, once, and no smaller one", () => {
    fc.assert(
      fc.property(points, (input) => {
        const columns = columnsOf(input);
        const values = input.map(({ value }) => value);
        const kept = thinIndices(columns, values);
        const finite = [...values.keys()].filter((i) => Number.isFinite(values[i]));
        const gaps = finite
          .slice(1)
          .map((i, n) => [finite[n] as number, i] as const)
          .filter(([a, b]) => b > a + 1 && (columns[b] as number) > (columns[a] as number) + 1);
        const keptGaps = kept.filter((i) => Number.isNaN(values[i]));
        expect(keptGaps).toHaveLength(gaps.length);
        for (const [n, [a, b]] of gaps.entries()) {
          expect(keptGaps[n]).toBeGreaterThan(a);
          expect(keptGaps[n]).toBeLessThan(b);
        }
      }),
    );
  });

  it("keeps everything where no column holds more than one point", () => {
    expect(thinIndices([0, 1, 2, 3], [5, Number.NaN, 5, 7])).toEqual([0, 1, 2, 3]);
    expect(thinIndices([], [])).toEqual([]);
    expect(thinIndices([0, 1], [Number.NaN, Number.NaN])).toEqual([]);
  });
});
