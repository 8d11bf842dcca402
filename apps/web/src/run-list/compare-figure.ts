import { bandFigure } from "@grok/plot";
import type { EvaluationRecord } from "@grok/train";
import { type Column, columns } from "./compare-data";
import type { Group } from "./groups";

/** The comparison as an SVG file: the median of each group's runs between the least and the greatest. */
export function compareFigure(
  groups: readonly Group[],
  records: ReadonlyMap<string, readonly EvaluationRecord[]>,
  look: { column: Column; isLogSteps: boolean },
): string {
  const { title, quantity } = columns[look.column];
  const series = groups.flatMap(({ name, runs }) => {
    const own = runs.flatMap(({ id }) => {
      const each = records.get(id) ?? [];
      return each.length === 0 ? [] : [each];
    });
    return own.length === 0 ? [] : [{ label: name, metric: look.column, runs: own }];
  });
  return bandFigure(series, {
    title,
    quantity,
    quantiles: [0, 1],
    scale: look.isLogSteps ? "log" : "linear",
  });
}
