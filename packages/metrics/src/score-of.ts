/** What of an evaluation says how good the answers are. */
export interface ScoredRecord {
  /** Share of the training examples answered right; NaN or null if answers are values. */
  readonly train_acc?: number | null | undefined;
  /** Share of the validation examples answered right; NaN or null if answers are values. */
  readonly val_acc?: number | null | undefined;
  /** Of values: the share of the training targets' variance that the network explains. */
  readonly train_explained?: number | null | undefined;
  /** The same of the validation targets. */
  readonly val_explained?: number | null | undefined;
}

/**
 * How good the answers of an evaluation are, at most 1: the accuracy, or, if answers are values, the
 * explained share of their variance, R² = 1 − loss / (loss of always answering the mean), which is
 * negative if the mean is a better answer.
 *
 * @returns NaN if the record has neither
 */
export function scoreOf(record: ScoredRecord, set: "train" | "val"): number {
  const [accuracy, explained] =
    set === "train"
      ? [record.train_acc, record.train_explained]
      : [record.val_acc, record.val_explained];
  const hasAccuracy = accuracy !== null && accuracy !== undefined && !Number.isNaN(accuracy);
  return hasAccuracy ? accuracy : (explained ?? Number.NaN);
}
