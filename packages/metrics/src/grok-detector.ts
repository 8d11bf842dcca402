import { type ScoredRecord, scoreOf } from "./score-of";

/** What detection reads of an evaluation: a line of a run's metrics.jsonl. */
export interface AccuracyRecord extends ScoredRecord {
  /** Updates made so far. */
  step: number;
  /** Share of the training examples answered right; NaN if answers are values. */
  train_acc: number;
  /** Share of the validation examples answered right; NaN if answers are values. */
  val_acc: number;
}

/** What detection by losses reads besides. */
export interface DetectionRecord extends AccuracyRecord {
  /** Mean loss on the training examples. */
  train_loss?: number;
  /** Mean loss on the validation examples. */
  val_loss?: number;
}

/** When a run memorised and when it grokked, in steps; null for not, or not yet. */
export interface Milestones {
  /** The first evaluated step at which the training score is above .99, or the loss low enough. */
  tMem: number | null;
  /** The first evaluated step at which the validation score is at the grok threshold, or the loss low enough. */
  tGrok: number | null;
  /**
   * The first evaluated step after tGrok from which the validation score has stayed below the
   * threshold: the run has forgotten. Left out if it has not.
   */
  tUngrok?: number | undefined;
}

/** Settings of {@link GrokDetector}. */
export interface GrokDetectorOptions {
  /** The validation score that counts as grokked, in (0, 1]; default .95. */
  grokThreshold?: number;
  /** A validation loss at or below which a run has grokked, instead of the threshold; default none. */
  grokLoss?: number | null;
  /** A training loss at or below which a run has memorised, instead of the score; default none. */
  memLoss?: number | null;
  /** What an earlier part of the run reached, to continue from there. */
  reached?: Milestones;
}

/** The training score above which a run has memorised. */
const memorised = 0.99;

/**
 * Finds when a run memorises and groks while it runs:
 *
 *     tMem  = the first evaluated step with train_acc > .99, or with train_loss ≤ memLoss
 *     tGrok = the first evaluated step with val_acc ≥ grokThreshold, or with val_loss ≤ grokLoss
 *
 * If answers are values, their explained share takes the place of accuracy ({@link scoreOf}).
 *
 * Both can only be steps at which the run was evaluated, so they are late by up to the interval of
 * evaluation. An accuracy that is NaN reaches nothing. tGrok can come before tMem, as it does where
 * every batch is new; the later fall of an accuracy takes neither back, and is told by tUngrok.
 *
 * @example
 * const detector = new GrokDetector({ grokThreshold: 0.95 });
 * detector.add({ step: 100, train_acc: 1, val_acc: 0.1 }); // { tMem: 100, tGrok: null }
 */
export class GrokDetector {
  readonly #threshold: number;
  readonly #grokLoss: number | null;
  readonly #memLoss: number | null;
  #reached: Milestones;
  #lastStep = Number.NEGATIVE_INFINITY;

  /** @throws RangeError if the threshold is not in (0, 1] */
  constructor({
    grokThreshold = 0.95,
    grokLoss = null,
    memLoss = null,
    reached,
  }: GrokDetectorOptions = {}) {
    if (!(grokThreshold > 0 && grokThreshold <= 1)) {
      throw new RangeError(`the grok threshold must be in (0, 1], not ${String(grokThreshold)}`);
    }
    this.#threshold = grokThreshold;
    this.#grokLoss = grokLoss;
    this.#memLoss = memLoss;
    this.#reached = milestonesOf(reached?.tMem, reached?.tGrok, reached?.tUngrok);
  }

  /** What has been reached so far. */
  get milestones(): Milestones {
    return { ...this.#reached };
  }

  /**
   * Takes an evaluation in.
   *
   * @returns what has been reached so far, this evaluation included
   * @throws RangeError if the step is not after that of the evaluation before
   */
  add(record: DetectionRecord): Milestones {
    const { step } = record;
    if (!(step > this.#lastStep)) {
      throw new RangeError(`evaluations come in order: step ${step} after ${this.#lastStep}`);
    }
    this.#lastStep = step;
    const { tMem, tGrok, tUngrok } = this.#reached;
    const isGrokked = this.hasGrokked(record);
    this.#reached = milestonesOf(
      tMem ?? (this.#hasMemorised(record) ? step : null),
      tGrok ?? (isGrokked ? step : null),
      // One that has grokked again has not forgotten.
      tGrok === null || isGrokked ? undefined : (tUngrok ?? step),
    );
    return this.milestones;
  }

  /** Whether an evaluation is that of a run that has grokked. */
  hasGrokked(record: Omit<DetectionRecord, "step">): boolean {
    if (this.#grokLoss !== null) return (record.val_loss ?? Number.NaN) <= this.#grokLoss;
    return scoreOf(record, "val") >= this.#threshold;
  }

  #hasMemorised(record: DetectionRecord): boolean {
    if (this.#memLoss !== null) return (record.train_loss ?? Number.NaN) <= this.#memLoss;
    return scoreOf(record, "train") > memorised;
  }
}

function milestonesOf(
  tMem: number | null | undefined,
  tGrok: number | null | undefined,
  tUngrok: number | undefined,
): Milestones {
  const reached = { tMem: tMem ?? null, tGrok: tGrok ?? null };
  return tUngrok === undefined ? reached : { ...reached, tUngrok };
}

/**
 * When a run memorised and grokked, from all of its evaluations. See {@link GrokDetector}.
 *
 * @param records in the order of their steps
 * @throws RangeError if the steps are not in order, or the threshold is not in (0, 1]
 */
export function detectGrok(
  records: Iterable<DetectionRecord>,
  options: GrokDetectorOptions = {},
): Milestones {
  const detector = new GrokDetector(options);
  for (const record of records) detector.add(record);
  return detector.milestones;
}
