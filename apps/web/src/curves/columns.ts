import type { EvaluationRecord } from "@grok/train";
import type { Quantity } from "./curve";

/** Columns that have a chart of their own: scores, then losses. */
const main = {
  val_acc: "Validation accuracy",
  train_acc: "Training accuracy",
  val_explained: "Validation, explained variance (R²)",
  train_explained: "Training, explained variance (R²)",
  val_loss: "Validation loss",
  train_loss: "Training loss",
} as const;

/** Columns that say when a record was made. */
const when: ReadonlySet<string> = new Set(["step", "epoch", "elapsed_sec"]);

/** The columns that records hold numbers of, besides those that {@link main} has and when they were made. */
export function furtherColumns(records: Iterable<EvaluationRecord>): string[] {
  return columnsOf(records).filter((column) => !isMainColumn(column));
}

/** All columns that records hold numbers of, scores and losses first. */
export function comparableColumns(records: Iterable<EvaluationRecord>): string[] {
  const found = columnsOf(records);
  const first = Object.keys(main);
  return [
    ...first.filter((column) => found.includes(column)),
    ...found.filter((column) => !first.includes(column)),
  ];
}

function columnsOf(records: Iterable<EvaluationRecord>): string[] {
  const found = new Set<string>();
  for (const record of records) {
    for (const column in record) {
      if (!found.has(column) && !when.has(column) && Number.isFinite(record[column])) {
        found.add(column);
      }
    }
  }
  return [...found];
}

/** What a column is called on the page. */
export function titleOfColumn(column: string): string {
  return (main as Readonly<Record<string, string>>)[column] ?? column;
}

/** Columns of shares and of losses; what is not known to be one of those is a number like any other. */
const shares: ReadonlySet<string> = new Set(
  ["acc", "explained", "acc_clean", "acc_noisy", "acc_restored"].flatMap((name) => [
    `train_${name}`,
    `val_${name}`,
  ]),
);
const losses: ReadonlySet<string> = new Set(
  ["train", "val", "restricted", "excluded"].map((name) => `${name}_loss`),
);

/** Whether a column is an accuracy or loss with a chart of its own, and needs no description. */
export function isMainColumn(column: string): boolean {
  return Object.hasOwn(main, column);
}

/** How a column's values are spaced: shares from 0 to 1, losses by their logarithm, others as they are. */
export function quantityOf(column: string): Quantity {
  if (shares.has(column)) return "accuracy";
  return losses.has(column) ? "loss" : "value";
}

/** A value as a chart can draw it: null is a gap. */
export function drawable(quantity: Quantity, value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  // A loss of 0 has no place on its log axis.
  return quantity === "loss" && value <= 0 ? null : value;
}
