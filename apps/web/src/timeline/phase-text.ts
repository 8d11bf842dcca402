import { scoreOf } from "@grok/metrics";
import type { LearningPhase } from "@grok/metrics/statistics";

/** The score above which a set counts as learned, as in `phaseSpans`. */
const learned = 0.9;

/** What a phase means, whatever the numbers are. */
export const phaseTexts: Readonly<Record<LearningPhase, string>> = {
  confusion: "It has not learned the training examples yet.",
  memorisation: "It knows the training examples by heart.",
  grokking: "It is finding the rule: it gets more and more unseen examples right.",
  comprehension: "It has found the rule.",
};

/** The same of a run at an evaluation, with what it gets right there. */
export function phaseText(
  phase: LearningPhase,
  record: { readonly train_acc: number; readonly val_acc: number } | undefined,
): string {
  const text = phaseTexts[phase];
  if (record === undefined) return text;
  const right = scoreOf(record, "val");
  const share = `${Math.round(100 * right)}%`;
  if (!Number.isFinite(right) || Number.isNaN(record.val_acc)) return text;
  if (phase === "memorisation")
    return `${text} Of the examples it has never seen it gets ${share} right.`;
  const isLost = phase === "comprehension" && right <= learned;
  return isLost ? `${text} It has lost it since: ${share} are right.` : text;
}
