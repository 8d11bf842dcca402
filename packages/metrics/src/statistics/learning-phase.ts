import type { AccuracyRecord } from "../grok-detector";
import { scoreOf } from "../score-of";

/** The four ways in which training can end (Liu et al. 2022). */
export type LearningPhase = "confusion" | "memorisation" | "grokking" | "comprehension";

/** Settings of {@link learningPhase}. */
export interface LearningPhaseOptions {
  /** The accuracy above which a set counts as learned; default .9. */
  accuracy?: number;
  /** Steps within which it must be learned; default 100,000. */
  within?: number;
  /** Steps between the two below which nothing was delayed; default 1,000. */
  delay?: number;
}

/**
 * The phase that a run belongs to, by the thresholds of Liu et al. 2022 ("Towards Understanding
 * Grokking", table 1):
 *
 * | phase | train_acc > .9 within 10⁵ steps | val_acc > .9 within 10⁵ steps | between them |
 * |---|---|---|---|
 * | comprehension | yes | yes | fewer than 10³ steps |
 * | grokking | yes | yes | 10³ steps or more |
 * | memorisation | yes | no | |
 * | confusion | no | | |
 *
 * A step counts when the run was evaluated there. A run that ended before `within` without learning
 * is judged by what it showed.
 *
 * @param records in the order of their steps
 * @throws RangeError if steps are not in order
 */
export function learningPhase(
  records: Iterable<AccuracyRecord>,
  { accuracy = 0.9, within = 100_000, delay = 1000 }: LearningPhaseOptions = {},
): LearningPhase {
  let trained = Number.POSITIVE_INFINITY;
  let generalised = Number.POSITIVE_INFINITY;
  let lastStep = Number.NEGATIVE_INFINITY;
  for (const record of records) {
    const { step } = record;
    if (!(step > lastStep)) {
      throw new RangeError(`evaluations come in order: step ${step} after ${lastStep}`);
    }
    lastStep = step;
    if (step > within) continue;
    if (scoreOf(record, "train") > accuracy) trained = Math.min(trained, step);
    if (scoreOf(record, "val") > accuracy) generalised = Math.min(generalised, step);
  }
  if (trained === Number.POSITIVE_INFINITY) return "confusion";
  if (generalised === Number.POSITIVE_INFINITY) return "memorisation";
  return generalised - trained < delay ? "comprehension" : "grokking";
}
