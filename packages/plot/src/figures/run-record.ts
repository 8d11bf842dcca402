/**
 * One evaluation of a run: a line of its `metrics.jsonl`. Accuracies are shares in [0, 1], losses
 * are nats. A value that is missing, null or not finite leaves a gap in a curve. Further metrics
 * may stand beside these and can be drawn by name.
 */
export interface RunRecord {
  readonly step: number;
  readonly epoch?: number | null;
  readonly train_loss?: number | null;
  readonly train_acc?: number | null;
  readonly val_loss?: number | null;
  readonly val_acc?: number | null;
  readonly elapsed_sec?: number | null;
}

/** The steps at which a run memorised and grokked; null if it did not happen. */
export interface Milestones {
  readonly t_mem?: number | null;
  readonly t_grok?: number | null;
}

/** A metric of a record by name: NaN where the record has no finite number of that name. */
export function metricOf(record: RunRecord, metric: string): number {
  const value = (record as unknown as Record<string, unknown>)[metric];
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
}

/**
 * The records in order of step.
 *
 * @throws RangeError if there are none, or if a step is not a finite number ≥ 0.
 */
export function inOrder<R extends RunRecord>(records: readonly R[], caller: string): readonly R[] {
  if (records.length === 0) {
    throw new RangeError(
      `${caller}: there are no records to draw; at least one evaluation is needed`,
    );
  }
  let sorted = true;
  for (const [index, { step }] of records.entries()) {
    if (!(Number.isFinite(step) && step >= 0)) {
      throw new RangeError(
        `${caller}: record ${index} has step ${String(step)}; a step is a finite number ≥ 0`,
      );
    }
    sorted &&= index === 0 || step >= (records[index - 1] as R).step;
  }
  return sorted ? records : [...records].sort((a, b) => a.step - b.step);
}
