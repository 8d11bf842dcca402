import type { FigureRun, RunRecord } from "./figure-run";

/** Evaluations that are kept per doubling, and all of the first twice as many. */
const perDoubling = 32;

/**
 * Keeps of a run's evaluations what a figure needs: of those that have all the columns asked for, 32
 * per doubling, and the last. Which these are depends on their number alone, so that runs with the
 * same cadence keep the same steps, wherever they end. Numbers are rounded to four digits.
 */
export function thinned(
  { records }: Pick<FigureRun, "records">,
  columns: readonly string[],
): RunRecord[] {
  return records
    .filter((record) => columns.every((column) => typeof record[column] === "number"))
    .filter((_, i, { length }) => i % strideAt(i) === 0 || i === length - 1)
    .map((record) => ({
      step: record.step,
      ...Object.fromEntries(
        columns.map((column) => [column, Number((record[column] as number).toPrecision(4))]),
      ),
    }));
}

function strideAt(index: number): number {
  return index < 2 * perDoubling ? 1 : 2 ** Math.floor(Math.log2(index / perDoubling));
}
