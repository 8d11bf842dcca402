import { scoreOf } from "@grok/metrics";
import type { EvaluationRecord } from "@grok/train";
import type { CheckpointViews } from "@grok/train/analysis";

/** A moment of a run that pictures show. */
export interface ChosenMoment {
  label: string;
  step: number;
}

/** A moment with what pictures need of it. */
export interface NamedViews {
  label: string;
  views: CheckpointViews;
}

/**
 * Three of a run's checkpoints: where it has memorised, where the validation score is nearest to half,
 * and the last. Where it never got that far: the first, the middle and the last.
 *
 * @param steps of the checkpoints, rising
 * @param evaluations in the order of their steps
 */
export function chooseMoments(
  steps: readonly number[],
  evaluations: readonly EvaluationRecord[],
): ChosenMoment[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const memorised = evaluations.find((record) => scoreOf(record, "train") > 0.99)?.step;
  const isLearned = evaluations.some(
    (record) => record.step <= last && scoreOf(record, "val") > 0.9,
  );
  if (memorised === undefined || !isLearned) {
    const middle = steps[Math.floor(steps.length / 2)] as number;
    return distinct([
      { label: "first", step: first },
      { label: "middle", step: middle },
      { label: "last", step: last },
    ]);
  }
  const accuracyAt = (step: number) => {
    const record = evaluations.findLast((each) => each.step <= step);
    return record === undefined ? 0 : scoreOf(record, "val");
  };
  const before = steps.find((step) => step >= memorised) ?? first;
  const during = steps.reduce((best, step) =>
    Math.abs(accuracyAt(step) - 0.5) < Math.abs(accuracyAt(best) - 0.5) ? step : best,
  );
  return distinct([
    { label: "before", step: before },
    { label: "during", step: during },
    { label: "after", step: last },
  ]);
}

/** At most this many of a run's checkpoints, evenly spread from the first to the last. */
export function spreadSteps(steps: readonly number[], max: number): number[] {
  if (steps.length <= max) return [...steps];
  const last = steps.length - 1;
  return Array.from({ length: max }, (_, i) => steps[Math.round((i * last) / (max - 1))] as number);
}

/** Moments at steps of their own, in the order of steps; of two at one step the later is kept. */
function distinct(moments: readonly ChosenMoment[]): ChosenMoment[] {
  const byStep = new Map(moments.map((moment) => [moment.step, moment]));
  return [...byStep.values()].sort((a, b) => a.step - b.step);
}
