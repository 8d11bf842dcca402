import { type BatchMode, batcher } from "./batcher";
import { gather, rowsOf } from "./gather";
import { type LabelNoise, withLabelNoise } from "./noise/label-noise";
import { lastOf } from "./pieces";
import { requireInteger } from "./requirement";
import { splitting } from "./split";
import type { Batch, ExampleSource, FiniteTask, StreamTask, Task } from "./task/task";

/** Examples of which some are asked for at a time. */
export interface ExampleSet {
  /** How many there are. */
  readonly size: number;
  /** Those from one place up to another, which is left out. */
  part(from: number, to: number): Batch;
}

/** What a training loop needs of a task, whether its examples end or not. */
export interface TrainingData {
  /** How many examples are trained on; null if they never end. */
  readonly trainSize: number | null;
  /** How many steps make an epoch; null if examples never end. */
  readonly stepsPerEpoch: number | null;
  /**
   * What a step trains on, steps being counted from 0: a pure function of (seed, step). In mode
   * `full` it is the same object each time, so that what is derived from it can be kept.
   */
  batch(step: number): Batch;
  /** Does what takes long of {@link batch} beforehand, piece by piece: the order of a new epoch. */
  preparing(step: number): Generator<void, void, void>;
  /**
   * What the training accuracy at a step is measured on: all training examples, always the same
   * object; where they never end, the batch of that step.
   */
  trainSet(step: number): Batch;
  /** What the validation accuracy is measured on. */
  readonly validationSet: Batch;
  /** {@link validationSet} in parts; of many examples there is then no table. */
  readonly validation: ExampleSet;
  /** {@link trainSet} in parts; null if examples never end. */
  readonly training: ExampleSet | null;
  /** Which labels of the training examples were replaced; null if none were meant to be. */
  readonly noise: LabelNoise | null;
}

/** What {@link trainingData} takes. */
export interface TrainingDataOptions {
  seed: number;
  /** Decides which examples each step draws; default `seed`, which decides all else. */
  batchSeed?: number;
  /** Examples per step; not read in mode `full` of a finite task. */
  batchSize?: number;
  /** The share of a finite task's examples to train on; not read for a stream. */
  trainFraction?: number;
  /** How batches are taken from a finite task; not read for a stream. `epoch` by default. */
  mode?: BatchMode;
  /**
   * Decides a stream's test set; 0 by default, whatever the run's seed, so that runs are compared
   * on the same examples. Not read for a finite task, whose split is decided by `seed`.
   */
  testSeed?: number;
  /**
   * The share of a finite task's training labels that are replaced by other ones, decided by `seed`;
   * none by default. Validation labels stay true.
   */
  labelNoise?: number;
}

/** Examples of which a table is kept, at most: it saves the time to make them again at each step. */
const maxTabled = 2 ** 18;

/**
 * The training and validation examples of a run.
 *
 * ```ts
 * const task = binaryTask({ operation: "/" });
 * const data = trainingData(task, { seed: 0, trainFraction: 0.5, batchSize: 512 });
 * data.batch(0).size; // 512
 * ```
 *
 * @throws RangeError as {@link split}, {@link batcher} and {@link withLabelNoise}
 */
export function trainingData(task: Task, options: TrainingDataOptions): TrainingData {
  return lastOf(preparingTrainingData(task, options));
}

/** {@link trainingData} piece by piece, so that something else can be done between. */
export function* preparingTrainingData(
  task: Task,
  options: TrainingDataOptions,
): Generator<void, TrainingData, void> {
  return task.kind === "finite" ? yield* finite(task, options) : infinite(task, options);
}

function* finite(
  task: FiniteTask,
  options: TrainingDataOptions,
): Generator<void, TrainingData, void> {
  const { seed, batchSeed = seed, batchSize, trainFraction } = options;
  const { mode = "epoch", labelNoise = 0 } = options;
  const { source = sourceOf(task) } = task;
  const parts = yield* splitting(source.size, trainFraction, seed);
  const batches = batcher({ mode, size: parts.train.length, batchSize, seed: batchSeed });
  yield* source.prepare?.() ?? [];
  const isTabled = source.size <= maxTabled;
  const [clean, validation] = [parts.train, parts.validation].map((places) =>
    isTabled ? tabled(source.examples(places)) : made(source, places),
  ) as [PlacedSet, PlacedSet];
  const noisy = labelNoise === 0 ? null : withLabelNoise(clean.all(), labelNoise, seed);
  const train = noisy === null ? clean : tabled(noisy.examples);
  return {
    trainSize: train.size,
    stepsPerEpoch: batches.stepsPerEpoch,
    batch: (step) => (mode === "full" ? train.all() : train.at(batches.indices(step))),
    preparing: (step) => batches.preparing(step),
    trainSet: () => train.all(),
    get validationSet() {
      return validation.all();
    },
    validation,
    training: train,
    noise: noisy?.noise ?? null,
  };
}

/** A set of examples that can be had all at once, and by their places in it. */
interface PlacedSet extends ExampleSet {
  /** Always the same object. */
  all(): Batch;
  at(indices: Int32Array): Batch;
}

/** A task's whole dataset as what examples are taken from. */
function sourceOf(task: FiniteTask): ExampleSource {
  const dataset = task.dataset();
  return { size: dataset.size, examples: (places) => gather(dataset, places) };
}

/** Examples that are kept. */
function tabled(examples: Batch): PlacedSet {
  return {
    size: examples.size,
    all: () => examples,
    at: (indices) => gather(examples, indices),
    part: (from, to) => rowsOf(examples, from, to),
  };
}

/** Examples that are made when they are asked for. */
function made(source: ExampleSource, places: Int32Array): PlacedSet {
  let examples: Batch | undefined;
  return {
    size: places.length,
    all: () => {
      examples ??= source.examples(places);
      return examples;
    },
    at: (indices) => source.examples(indices.map((index) => places[index] as number)),
    part: (from, to) => source.examples(places.subarray(from, to)),
  };
}

/** Examples that are there as a set of which parts can be asked for. */
export function exampleSet(examples: Batch): ExampleSet {
  return { size: examples.size, part: (from, to) => rowsOf(examples, from, to) };
}

function infinite(task: StreamTask, options: TrainingDataOptions): TrainingData {
  const { seed, batchSeed = seed, testSeed = 0, labelNoise = 0 } = options;
  if (labelNoise !== 0) {
    throw new RangeError("Label noise needs a finite training set: these examples never end.");
  }
  const batchSize = requireInteger("The batch size", options.batchSize, 1);
  const batch = (step: number) => task.stream(batchSeed, step, batchSize);
  const validationSet = task.testSet(testSeed);
  return {
    trainSize: null,
    stepsPerEpoch: null,
    batch,
    *preparing() {},
    trainSet: batch,
    validationSet,
    validation: exampleSet(validationSet),
    training: null,
    noise: null,
  };
}
