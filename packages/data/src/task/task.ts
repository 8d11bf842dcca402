/** The sizes that a model needs to know of its task. */
export interface TaskShape {
  /** Token ids are in 0 … vocabulary−1. */
  readonly vocabulary: number;
  /** Labels are in 0 … classes−1: how many logits a model gives where it is read. */
  readonly classes: number;
  /** How many tokens an example has. */
  readonly length: number;
  /**
   * The positions at which answers are read, ascending. An example counts as right if all of its
   * answers are, so accuracy is over groups of `reads.length` rows of logits.
   */
  readonly reads: readonly number[];
}

/** Examples, as rows of token ids with the labels to predict. */
export interface Batch {
  /** `[size, length]`, row by row. */
  readonly tokens: Int32Array;
  /** `[size, reads.length]`, row by row. */
  readonly labels: Int32Array;
  /** How many examples. */
  readonly size: number;
}

/** All examples of a finite task, or a test set. */
export interface Dataset extends Batch, TaskShape {}

interface TaskBase extends TaskShape {
  /** For people, e.g. `"a / b mod 97"`. */
  readonly name: string;
  /** The accuracy of guessing: 1 / the number of answers. */
  readonly chance: number;
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
