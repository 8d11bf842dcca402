import { median } from "d3-array";

/** What slingshots are looked for in: a line of a run's metrics.jsonl. */
export interface LossRecord {
  /** Updates made so far. */
  step: number;
  /** Mean loss over training examples. */
  train_loss: number;
}

/** A spike of the training loss after a calm. */
export interface Slingshot {
  /** The first step above the calm, that of the highest loss, and the first back in the calm. */
  readonly start: number;
  readonly peak: number;
  /** Null if the run ends first. */
  readonly end: number | null;
  /** The median loss of the calm before. */
  readonly calmLoss: number;
  readonly peakLoss: number;
}

/** Settings of {@link findSlingshots}; all defaults are ours, as the paper finds them by eye. */
export interface SlingshotOptions {
  /** How many evaluations make a calm; default 5. */
  window?: number;
  /** A calm's losses are within this factor of their median; default 3. */
  calm?: number;
  /** A spike is above the calm's median by this factor; default 10. */
  spike?: number;
  /** Losses below this are rounding and count as this; default 10⁻⁷, the step of float32 at 1. */
  floor?: number;
}

/**
 * Finds slingshots (Thilak et al. 2022): sudden spikes of the training loss after a calm, which
 * adaptive optimizers show late in training and which often come with steps of generalisation.
 *
 * A spike starts at an evaluation whose loss is more than `spike` times the median of the `window`
 * evaluations before, if those were calm; it ends with the first loss within `calm` times that
 * median. A NaN counts as infinitely high.
 *
 * @param records in the order of their steps
 * @throws RangeError if steps are not in order, or a setting is out of range
 *
 * @example
 * findSlingshots(records); // [{ start: 5200, peak: 5300, end: 5900, calmLoss: 1e-5, peakLoss: 0.4 }]
 */
export function findSlingshots(
  records: Iterable<LossRecord>,
  { window = 5, calm = 3, spike = 10, floor = 1e-7 }: SlingshotOptions = {},
): Slingshot[] {
  if (!(Number.isInteger(window) && window >= 1 && calm > 1 && spike >= calm && floor > 0)) {
    throw new RangeError(
      `slingshots need a window of at least 1, 1 < calm ≤ spike and a floor above 0, not ${window}, ${calm}, ${spike} and ${floor}`,
    );
  }
  const found: Slingshot[] = [];
  let before: number[] = [];
  let current: { -readonly [K in keyof Slingshot]: Slingshot[K] } | undefined;
  let lastStep = Number.NEGATIVE_INFINITY;
  for (const { step, train_loss } of records) {
    if (!(step > lastStep)) {
      throw new RangeError(`evaluations come in order: step ${step} after ${lastStep}`);
    }
    lastStep = step;
    const loss = Number.isNaN(train_loss) ? Number.POSITIVE_INFINITY : Math.max(train_loss, floor);
    if (current !== undefined) {
      if (loss > current.peakLoss) {
        current.peak = step;
        current.peakLoss = loss;
      }
      if (loss > calm * current.calmLoss) continue;
      current.end = step;
      current = undefined;
      before = [];
    }
    const level = median(before) as number;
    const isCalm =
      before.length === window && before.every((x) => x <= calm * level && x * calm >= level);
    if (isCalm && loss > spike * level) {
      current = { start: step, peak: step, end: null, calmLoss: level, peakLoss: loss };
      found.push(current);
      continue;
    }
    before = [...before, loss].slice(-window);
  }
  return found;
}
