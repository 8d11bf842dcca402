import { bandFigure } from "@grok/plot";
import type { EvaluationRecord } from "@grok/train";
import { quantityOf, titleOfColumn } from "../curves/columns";
import type { Group } from "./groups";

/** The comparison as an SVG file: the median of each group's runs between the least and the greatest. */
export function compareFigure(
  groups: readonly Group[],
  records: ReadonlyMap<string, readonly EvaluationRecord[]>,
  { column, isLogSteps }: { column: string; isLogSteps: boolean },
): string {
  const losses = new Set(groups.flatMap(({ runs }) => runs.map(({ run }) => run.loss)));
  const quantity = quantityOf(column);
  const series = groups.flatMap(({ name, runs }) => {
    const own = runs.flatMap(({ id }) => {
      const each = records.get(id) ?? [];
      return each.length === 0 ? [] : [each];
    });
    return own.length === 0 ? [] : [{ label: name, metric: column, runs: own }];
  });
  return bandFigure(series, {
    title: titleOfColumn(column),
    quantity,
    ...labelOf(column, losses),
    quantiles: [0, 1],
    minRuns: "running",
    scale: isLogSteps ? "log" : "linear",
  });
}

/** What the axis is called, if it is not what figures call it anyway. */
function labelOf(column: string, losses: ReadonlySet<string | null>): { label?: string } {
  if (column.endsWith("_explained")) return { label: "Explained variance (R², %)" };
  if (!/^(train|val)_loss$/.test(column)) return {};
  const [loss = null] = losses;
  if (losses.size > 1) return { label: "Loss" };
  return loss === null ? {} : { label: loss };
}
