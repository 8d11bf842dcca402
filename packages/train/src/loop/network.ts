import { type Batch, type RandomStream, randomStream, type TaskShape } from "@grok/data";
import { type Score, scoreDataset } from "@grok/metrics";
import type { Network as Model, Parameters, Plan } from "@grok/models";
import { valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Assembly } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import type { Loss, TargetLosses } from "../kind/loss-kind";

/** A network may have parameters that a loss does not need; those stay as they are. */
const unused = { allowUnused: true };

/** A batch made ready: its plan, and its answers as a tensor, which the owner disposes of. */
export interface TrainBatch {
  plan: Plan;
  answers: tf.Tensor;
  size: number;
}

/** A part of a set to evaluate, planned, with its labels or targets. */
export interface EvalBatch {
  plan: Plan;
  answers: Pick<Batch, "labels" | "targets" | "size">;
}

/** Loss and right answers, both scalars, of one batch; of answers that are values nobody counts them. */
export type StepResult = { loss: tf.Scalar; correct: tf.Scalar | null };

/** An experiment's network with its loss: what turns examples into loss and gradients. */
export class Network {
  readonly model: Model;
  readonly #shape: TaskShape;
  readonly #experiment: Experiment;
  readonly #loss: Loss | null;
  /** Null if answers are labels. */
  readonly #ofTargets: TargetLosses | null;

  constructor(assembly: Assembly) {
    this.model = assembly.network;
    this.#shape = assembly.task;
    this.#experiment = assembly.experiment;
    this.#ofTargets = assembly.targetLosses();
    this.#loss = this.#ofTargets === null ? assembly.loss() : null;
  }

  /** Whether answers are labels, which are right or wrong. */
  get hasAccuracy(): boolean {
    return this.#ofTargets === null;
  }

  /** The loss of always giving the best constant answer to examples; null of labels. */
  baseline({ targets }: Pick<Batch, "targets">): number | null {
    return this.#ofTargets?.baseline(targets, this.#shape.values) ?? null;
  }

  /** Whether training drops features out. */
  get hasDropout(): boolean {
    return this.model.hasDropout;
  }

  /** The plan of a pass over examples; plain data that can be kept. */
  plan({ tokens, features, size }: Batch, forTraining: boolean): Plan {
    const { length, answerPositions } = this.#shape;
    const { shortcuts } = this.#experiment;
    const dropout = forTraining && this.hasDropout;
    return this.model.plan(
      { tokens, features, size, length, answerPositions },
      { shortcuts, dropout },
    );
  }

  /** Examples made ready for a training step. */
  prepare(examples: Batch): TrainBatch {
    return {
      plan: this.plan(examples, true),
      answers: this.#answers(examples),
      size: examples.size,
    };
  }

  /** Loss, right answers and gradients of a training step, counted from 0; all the caller's. */
  gradients(
    parameters: Parameters,
    examples: TrainBatch,
    step: number,
  ): { value: StepResult; gradients: Record<string, tf.Tensor> } {
    const dropoutKey = this.hasDropout ? this.#dropoutStream(step).integer(2 ** 32) : undefined;
    const { plan, answers } = examples;
    const outputs = () => this.model.forward(parameters, plan, { dropoutKey }); // [size · answerPositions, classes]
    if (this.#loss !== null) {
      const loss = this.#loss;
      return valueAndGradients(parameters, () => loss(outputs(), answers as tf.Tensor1D), unused);
    }
    const { loss } = this.#ofTargets as TargetLosses;
    const { value, gradients } = valueAndGradients(
      parameters,
      () => ({ loss: loss(outputs(), answers as tf.Tensor2D) }),
      unused,
    );
    return { value: { ...value, correct: null }, gradients };
  }

  /** Mean loss and share of examples right, without dropout, over parts of a set. */
  score(
    parameters: Parameters,
    parts: Iterable<EvalBatch> | AsyncIterable<EvalBatch>,
  ): Promise<Score> {
    return scoreDataset(
      parts,
      ({ plan, answers }) => ({
        logits: this.model.forward(parameters, plan),
        labels: this.#answers(answers),
      }),
      { group: this.#shape.answerPositions.length, loss: this.#result },
    );
  }

  /** What a loss compares outputs with: labels, int32 [size · answerPositions], or targets [size, values]. */
  #answers({ labels, targets, size }: Pick<Batch, "labels" | "targets" | "size">): tf.Tensor {
    return this.hasAccuracy
      ? tf.tensor1d(labels, "int32")
      : tf.tensor2d(targets, [size, this.#shape.values]);
  }

  readonly #result = (outputs: tf.Tensor2D, answers: tf.Tensor): StepResult =>
    this.#loss?.(outputs, answers as tf.Tensor1D) ?? {
      loss: (this.#ofTargets as TargetLosses).loss(outputs, answers as tf.Tensor2D),
      correct: null,
    };

  #dropoutStream(step: number): RandomStream {
    return randomStream(this.#experiment.seed, "dropout", step);
  }
}
