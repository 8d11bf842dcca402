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
export function isAboveChance(
  { val_acc }: Pick<EvaluationRecord, "val_acc">,
  { chance }: Facts,
): boolean {
  return val_acc > Math.max(2 * chance, chance + 0.03);
}

/** A step as people read it. */
export function stepText(step: number): string {
  return step.toLocaleString("en");
}
