import { type FigureRun, type RunRecord, valueAt } from "./figure-run";

/** Accuracies whose first evaluation is kept, as times are read off there. */
const levels = [0.1, 0.22, 0.5, 0.9, 0.95, 0.99];

/** Evaluations that are kept per doubling, and all of the first twice as many. */
const perDoubling = 32;

/**
 * Keeps of a run's evaluations what a figure needs: of those that have all the columns asked for that
 * the run has at all, 32 per doubling, which depends on their number alone, so that runs with the same cadence keep the same
 * steps, wherever they end; and the last, and those at which an accuracy first reaches a level.
 * Numbers are rounded to six digits.
 */
export function thinned(
  { records }: Pick<FigureRun, "records">,
  asked: readonly string[],
): RunRecord[] {
  const columns = asked.filter((column) =>
    records.some((record) => typeof record[column] === "number"),
  );
  const whole = records.filter((record) =>
    columns.every((column) => typeof record[column] === "number"),
  );
  const crossings = new Set(
    columns
      .filter((column) => column.endsWith("_acc"))
      .flatMap((column) =>
        levels.map((level) => whole.find((record) => valueAt(record, column) >= level)),
      ),
  );
  return whole
    .filter((record, i, { length }) => {
      return i % strideAt(i) === 0 || i === length - 1 || crossings.has(record);
    })
    .map((record) => ({
      step: record.step,
      ...Object.fromEntries(
        columns.map((column) => [column, Number((record[column] as number).toPrecision(6))]),
      ),
    }));
}

function strideAt(index: number): number {
  return index < 2 * perDoubling ? 1 : 2 ** Math.floor(Math.log2(index / perDoubling));
}
