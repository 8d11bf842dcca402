/** The sizes that a model needs to know of its task. */
export interface TaskShape {
  /** Token ids are in 0 … vocabulary−1. */
  readonly vocabulary: number;
  /** Labels are in 0 … classes−1: how many logits a model gives where it is read; 0 for values. */
  readonly classes: number;
  /** How many tokens an example has; 0 if its input is features. */
  readonly length: number;
  /** How many real numbers an example's input has; 0 if it is tokens. */
  readonly features: number;
  /** How many real numbers an example's answer has; 0 if it is labels. */
  readonly values: number;
  /**
   * The positions at which answers are read, ascending. An example counts as right if all of its
   * answers are, so accuracy is over groups of `answerPositions.length` rows of logits.
   */
  readonly answerPositions: readonly number[];
}

/**
 * Examples: their inputs, as tokens or features, and what is to be predicted, as labels or targets.
 * All four arrays are there; those that a task does not have are empty ({@link batchOf}).
 */
export interface Batch {
  /** Token ids, `[size, length]`, row by row. */
  readonly tokens: Int32Array;
  /** Real-valued inputs, `[size, features]`. */
  readonly features: Float32Array;
  /** `[size, answerPositions.length]`, row by row. */
  readonly labels: Int32Array;
  /** Real-valued answers, `[size, values]`. */
  readonly targets: Float32Array;
  /** How many examples. */
  readonly size: number;
}

/** All examples of a finite task, or a test set. */
export interface Dataset
  extends Batch,
    Pick<TaskShape, "vocabulary" | "classes" | "length" | "answerPositions"> {}

interface TaskBase extends TaskShape {
  /** For people, e.g. `"a / b mod 97"`. */
  readonly name: string;
  /** The accuracy of guessing: 1 / the number of answers; null if answers are values. */
  readonly chance: number | null;
}

/** A task with finitely many examples, to be split into training and validation. */
export interface FiniteTask extends TaskBase {
  readonly kind: "finite";
  /** Every example, in the task's natural order. */
  dataset(): Dataset;
  /**
   * What makes some of the examples without a table of all; a task without it is asked for its
   * `dataset`. With it, a run on many examples needs memory for their order alone.
   */
  readonly source?: ExampleSource;
}

/** Examples that are made when they are asked for. */
export interface ExampleSource {
  /** How many examples there are. */
  readonly size: number;
  /** The examples at these places of the task's order, as `dataset` has them. */
  examples(places: Int32Array): Batch;
  /** Does the work before the first examples, if any, piece by piece: something else can be done between. */
  prepare?(): Iterable<void>;
}

/** A task whose training examples never end. */
export interface StreamTask extends TaskBase {
  readonly kind: "stream";
  /** The batch of a step, counted from 0: a pure function of (seed, step). */
  stream(seed: number, step: number, batchSize: number): Batch;
  /** Examples to validate on: a pure function of the seed. */
  testSet(seed: number): Dataset;
}

/** Anything that can be trained on; {@link trainingData} gives both kinds the same face. */
export type Task = FiniteTask | StreamTask;
