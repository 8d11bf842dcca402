import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { recordSchema } from "./record";

/**
 * What the columns of a run's records are, in a few words by name: those that every run has, and
 * those of all metrics, built in or an extension's.
 *
 * @param options `extensions` whose metrics are among them; default none
 */
export function columnDescriptions({
  extensions,
}: {
  extensions?: Extensions;
} = {}): Record<string, string> {
  const everyRuns = Object.entries(recordSchema.shape).map(([name, { description = "" }]) => [
    name,
    description,
  ]);
  const measured = collect(extensions).metrics.flatMap(({ columns, description }) =>
    columns.map((name) => [name, description]),
  );
  return Object.fromEntries([...measured, ...everyRuns]);
}
