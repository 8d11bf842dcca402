import { type LearningPhase, scoreOf } from "@grok/metrics";
import { learned } from "./phase-spans";

/** What a phase means, whatever the numbers are. */
export const phaseTexts: Readonly<Record<LearningPhase, string>> = {
  confusion: "It has not learned the training examples yet.",
  memorisation: "It knows the training examples by heart.",
  grokking: "It found the rule, long after it had memorised.",
  comprehension: "It found the rule, soon after it knew the training examples.",
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
  const hasRule = phase === "grokking" || phase === "comprehension";
  return hasRule && right <= learned ? `${text} It has lost it since: ${share} are right.` : text;
}
