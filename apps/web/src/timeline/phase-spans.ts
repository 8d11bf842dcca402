import { type LearningPhase, learningPhase, scoreOf } from "@grok/metrics";

/** The part of a record that phases are told by. */
interface Accuracies {
  readonly step: number;
  readonly train_acc: number;
  readonly val_acc: number;
}

/** A part of a run that is of one phase. */
export interface PhaseSpan {
  readonly phase: LearningPhase;
  /** The first evaluated step at which the run was in it. */
  readonly from: number;
  /** The last step before the next phase, or of the run so far. */
  readonly to: number;
}

/** The accuracy above which a set counts as learned, as in the paper. */
export const learned = 0.9;

/**
 * The phases that a run went through: at each step the phase, as `learningPhase` of @grok/metrics has
 * it after Liu et al. 2022, of the run up to there. At first it has learned nothing (confusion), then
 * the training set only (memorisation), then both: soon (comprehension) or late (grokking). Late are
 * three times as many steps as the training set took: the paper's thousand are of its own, larger runs.
 *
 * A run never goes back to an earlier phase, so the borders are found by halving.
 */
export function phaseSpans(records: readonly Accuracies[]): PhaseSpan[] {
  const trained = records.find((record) => scoreOf(record, "train") > learned)?.step ?? 0;
  const phaseAt = (index: number) =>
    learningPhase(records.slice(0, index + 1), {
      accuracy: learned,
      // Steps are not limited here: a page shows what happened, however late.
      within: Number.POSITIVE_INFINITY,
      delay: 2 * trained,
    });
  const spans: PhaseSpan[] = [];
  for (let first = 0; first < records.length; ) {
    const phase = phaseAt(first);
    let last = first;
    let beyond = records.length;
    while (last + 1 < beyond) {
      const middle = Math.floor((last + beyond) / 2);
      if (phaseAt(middle) === phase) last = middle;
      else beyond = middle;
    }
    const next = records[last + 1] ?? records[last];
    spans.push({ phase, from: records[first]?.step ?? 0, to: next?.step ?? 0 });
    first = last + 1;
  }
  return spans;
}
