import { metricOf, type RunRecord } from "./run-record";

/**
 * Records whose accuracies are drawn. If answers are values, which have no accuracy, these are the
 * explained shares of their variance; those below 0, which have no place on the axis, are left out.
 *
 * @returns `label`: what the axis then is called, if it is not accuracy
 */
export function scoreRecords(records: readonly RunRecord[]): {
  records: readonly RunRecord[];
  label?: string;
} {
  const has = (column: string) =>
    records.some((record) => Number.isFinite(metricOf(record, column)));
  if (has("val_acc") || has("train_acc") || !(has("val_explained") || has("train_explained"))) {
    return { records };
  }
  const shown = (record: RunRecord, column: string) => {
    const value = metricOf(record, column);
    return value >= 0 ? value : null;
  };
  return {
    records: records.map((record) => ({
      ...record,
      train_acc: shown(record, "train_explained"),
      val_acc: shown(record, "val_explained"),
    })),
    label: "Explained variance (R², %)",
  };
}
