import type { EvaluationRecord } from "@grok/train";
import type { Facts } from "./lesson";

/** The evaluation of a step. */
export function recordAt({ records }: Facts, step: number): EvaluationRecord | null {
  return records.find((record) => record.step === step) ?? null;
}

/** The last evaluation. */
export function lastRecord({ records }: Facts): EvaluationRecord | null {
  return records.at(-1) ?? null;
}

/** Whether a run has come to where it has generalised, or will not. */
export function isDecided({ tGrok, isEnded }: Facts): boolean {
  return tGrok !== null || isEnded;
}

/** Whether validation accuracy is more than guessing: over twice it and over three points above it. */
export function isAboveChance({ val_acc }: EvaluationRecord, { chance }: Facts): boolean {
  return val_acc > Math.max(2 * chance, chance + 0.03);
}

/** The length of all weights as one vector at an evaluation; null where it was not measured. */
export function normOf(record: EvaluationRecord | null): number | null {
  const norm = record?.["weight_norm"];
  return typeof norm === "number" ? norm : null;
}

/** A step as people read it. */
export function stepText(step: number): string {
  return step.toLocaleString("en");
}
