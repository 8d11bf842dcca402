import { VALIDATION } from "../axes/palette";
import { columnSheet, type StepSheetOptions } from "../layout/column-sheet";
import type { RunRecord } from "./run-record";

/**
 * Columns of a run's records over its steps, a panel for each, as an SVG file.
 *
 * @param columns names of numbers in the records
 * @throws RangeError without records, or for a column that no record has a finite value of
 *
 * @example
 * columnFigure(records, ["weight_norm", "largest_weight"]);
 */
export function columnFigure(
  records: readonly RunRecord[],
  columns: readonly string[],
  options: StepSheetOptions = {},
): string {
  for (const column of columns) {
    const isThere = records.some((record) =>
      Number.isFinite((record as unknown as Record<string, unknown>)[column]),
    );
    if (!isThere) throw new RangeError(`columnFigure: no record has the column ${column}.`);
  }
  const panels = columns.map((column) => ({
    title: column,
    axis: { label: column },
    curves: [{ column, style: VALIDATION }],
  }));
  return columnSheet(records, panels, options, "columnFigure");
}
