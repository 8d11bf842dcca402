import { printable } from "../experiment/printable";
import { type EvaluationRecord, recordSchema } from "./record";

/**
 * The columns of a run's records that neither every record has nor the run's metrics give: those that
 * a caller's `measure` added, or a metric that is no longer there.
 *
 * @param measures of the run; null if it has none
 */
export function ownColumns(
  records: readonly EvaluationRecord[],
  measures: readonly { readonly columns: readonly string[] }[] | null,
): string[] {
  const known = new Set(measures?.flatMap(({ columns }) => columns));
  // Of all records, as metrics may be thinned.
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return [...names].filter((name) => !Object.hasOwn(recordSchema.shape, name) && !known.has(name));
}

/** What is said of columns that a resumed run continues without, or null if there are none. */
export function endOfColumns(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  return `The records so far have ${columns(names)}, which no metric of the run gives: ${names.length === 1 ? "it ends" : "they end"} here, unless train is given the measure that added ${names.length === 1 ? "it" : "them"}.`;
}

/**
 * Checks that a run in code continues with the measure that it began with.
 *
 * @throws RangeError that names the columns that would end
 */
export function checkColumnsGoOn(names: readonly string[]): void {
  if (names.length === 0) return;
  throw new RangeError(
    `The records up to the checkpoint have ${columns(names)}, which no metric of the run gives; give train the measure that added ${names.length === 1 ? "it" : "them"}, or measure: null to continue without.`,
  );
}

function columns(names: readonly string[]): string {
  const list = names.map(printable).join(", ");
  return names.length === 1 ? `the column ${list}` : `the columns ${list}`;
}
