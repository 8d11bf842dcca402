import type { EvaluationRecord } from "@grok/train";
import { parentRun } from "../state/parent-run";
import { records } from "../state/session";
import { drawable, quantityOf } from "./columns";
import type { ChartData, Curve } from "./curve";
import { milestoneRules } from "./milestone-rules";
import { overParent } from "./over-parent";

/** A column of the run that is shown, and how it is drawn. */
export type Column = { readonly column: string } & Omit<Curve, "values">;

/** A chart of columns of the run that is shown; of a branch over its parent's. */
export function runChart(columns: readonly Column[]): ChartData {
  const own = {
    steps: stepsOf(records.value),
    curves: curvesOf(records.value, columns),
    rules: milestoneRules.value,
  };
  const { value: parent } = parentRun;
  if (parent === null) return own;
  return overParent(
    own,
    { steps: stepsOf(parent.records), curves: curvesOf(parent.records, columns) },
    { own: parent.difference.fork || "branch", parent: parent.difference.parent },
  );
}

function stepsOf(own: readonly EvaluationRecord[]): number[] {
  return own.map(({ step }) => step);
}

function curvesOf(own: readonly EvaluationRecord[], columns: readonly Column[]): Curve[] {
  return columns.map(({ column, ...look }) => {
    const quantity = quantityOf(column);
    return { ...look, values: own.map((record) => drawable(quantity, record[column])) };
  });
}
