import type { AccuracyRecord } from "../grok-detector";
import { scoreOf } from "../score-of";
import type { LearningPhase } from "./learning-phase";

/** Where one phase of a run begins and ends. */
export interface PhaseSpan {
  readonly phase: LearningPhase;
  /** The first step of the phase. */
  readonly from: number;
  /** The first step of the next one, or the last evaluated step. */
  readonly to: number;
}

/** Settings of {@link phaseSpans}. */
export interface PhaseSpansOptions {
  /** The accuracy above which a set counts as learned; default .9 (Liu et al. 2022, table 1). */
  accuracy?: number;
  /**
   * The validation accuracy above which the rise has begun; default .3 (ours: more than what the
   * mirrored pairs of a memorised 30% of a commutative table give).
   */
  rise?: number;
}

/**
 * A run cut into the phases of Liu et al. 2022 along its steps:
 *
 * | phase | from the first evaluation with |
 * |---|---|
 * | confusion | – |
 * | memorisation | train_acc > .9 |
 * | grokking | train_acc > .9 and val_acc > .3 |
 * | comprehension | train_acc > .9 and val_acc > .9 |
 *
 * The paper names whole runs so (`learningPhase`); these are the same thresholds as time goes by,
 * with one more for where the rise begins. A phase once left does not come back; one that no
 * evaluation falls into is left out.
 *
 * @param records in the order of their steps
 * @throws RangeError if steps are not in order or a threshold is not in [0, 1]
 */
export function phaseSpans(
  records: Iterable<AccuracyRecord>,
  { accuracy = 0.9, rise = 0.3 }: PhaseSpansOptions = {},
): PhaseSpan[] {
  if (!(rise >= 0 && rise <= accuracy && accuracy <= 1)) {
    throw new RangeError(`thresholds rise within [0, 1], not from ${rise} to ${accuracy}`);
  }
  const order = ["confusion", "memorisation", "grokking", "comprehension"] as const;
  const starts: { phase: LearningPhase; from: number }[] = [];
  let reached = -1;
  let lastStep = Number.NEGATIVE_INFINITY;
  for (const record of records) {
    const { step } = record;
    if (!(step > lastStep)) {
      throw new RangeError(`evaluations come in order: step ${step} after ${lastStep}`);
    }
    lastStep = step;
    let phase = 0;
    if (scoreOf(record, "train") > accuracy || reached >= 1) {
      const validation = scoreOf(record, "val");
      phase = validation > accuracy ? 3 : validation > rise ? 2 : 1;
    }
    if (phase <= reached) continue;
    reached = phase;
    starts.push({ phase: order[phase] as LearningPhase, from: step });
  }
  return starts.map(({ phase, from }, i) => ({ phase, from, to: starts[i + 1]?.from ?? lastStep }));
}
