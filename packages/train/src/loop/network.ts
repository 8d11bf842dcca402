import { type Batch, type RandomStream, randomStream, type TaskShape } from "@grok/data";
import { type Score, scoreDataset } from "@grok/metrics";
import type { Network as Model, Parameters, Plan } from "@grok/models";
import { type GradientsOf, gradientsOf } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Assembly } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import type { Loss } from "../kind/loss-kind";

/** A batch made ready: its plan, and its labels as a tensor, which the owner disposes of. */
export interface Prepared {
  plan: Plan;
  labels: tf.Tensor1D;
  size: number;
}

/** A part of a set to evaluate, planned. */
export interface Part {
  plan: Plan;
  labels: Int32Array;
}

/** Loss and right answers, both scalars, of one batch. */
export type Outcome = { loss: tf.Scalar; correct: tf.Scalar };

/** An experiment's network with its loss: what turns examples into loss and gradients. */
export class Network {
  readonly model: Model;
  readonly #shape: TaskShape;
  readonly #experiment: Experiment;
  readonly #loss: Loss;

  constructor(assembly: Assembly) {
    this.model = assembly.network;
    this.#shape = assembly.task;
    this.#experiment = assembly.experiment;
    this.#loss = assembly.loss();
  }

  /** Whether training drops features out. */
  get hasDropout(): boolean {
    return this.model.hasDropout;
  }

  /** The plan of a pass over examples; plain data that can be kept. */
  plan({ tokens, features, size }: Batch, forTraining: boolean): Plan {
    const { length, reads } = this.#shape;
    const { shortcuts } = this.#experiment;
    const dropout = forTraining && this.hasDropout;
    return this.model.plan({ tokens, features, size, length, reads }, { shortcuts, dropout });
  }

  /** Examples made ready for a training step. */
  prepare(examples: Batch): Prepared {
    return {
      plan: this.plan(examples, true),
      labels: tf.tensor1d(examples.labels, "int32"),
      size: examples.size,
    };
  }

  /** Loss, right answers and gradients of a training step, counted from 0; all the caller's. */
  gradients(parameters: Parameters, examples: Prepared, step: number): GradientsOf<Outcome> {
    const dropoutKey = this.hasDropout ? this.#dropoutStream(step).integer(2 ** 32) : undefined;
    return gradientsOf(parameters, () => {
      const logits = this.model.forward(parameters, examples.plan, { dropoutKey });
      return this.#loss(logits, examples.labels);
    });
  }

  /** Mean loss and share of examples right, without dropout, over parts of a set. */
  score(parameters: Parameters, parts: Iterable<Part> | AsyncIterable<Part>): Promise<Score> {
    return scoreDataset(
      parts,
      ({ plan, labels }) => ({
        logits: this.model.forward(parameters, plan),
        labels: tf.tensor1d(labels, "int32"),
      }),
      { group: this.#shape.reads.length, loss: this.#loss },
    );
  }

  #dropoutStream(step: number): RandomStream {
    return randomStream(this.#experiment.seed, "dropout", step);
  }
}
