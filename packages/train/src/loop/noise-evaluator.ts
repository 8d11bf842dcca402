import { type Batch, gather, type TrainingData } from "@grok/data";
import type { Parameters } from "@grok/models";
import { Evaluator } from "./evaluator";
import type { Network } from "./network";
import type { Yielder } from "./yielder";

/** What a record says of a training set with label noise; null of a part that has no example. */
export interface NoiseColumns {
  train_acc_clean: number | null;
  train_acc_noisy: number | null;
  train_acc_restored: number | null;
}

/**
 * Tells what a network does with false training labels: whether it knows them by heart, or answers
 * with the true ones all the same.
 */
export class NoiseEvaluator {
  readonly #clean: Evaluator;
  readonly #noisy: Evaluator;
  readonly #restored: Evaluator;

  /** @returns null without label noise */
  static of(network: Network, data: TrainingData): NoiseEvaluator | null {
    return data.noise === null ? null : new NoiseEvaluator(network, data.trainSet(0), data.noise);
  }

  private constructor(
    network: Network,
    examples: Batch,
    { rows, truth }: NonNullable<TrainingData["noise"]>,
  ) {
    const places = Int32Array.from(rows.keys());
    const clean = places.filter((row) => rows[row] === 0);
    const noisy = places.filter((row) => rows[row] === 1);
    this.#clean = new Evaluator(network, gather(examples, clean));
    this.#noisy = new Evaluator(network, gather(examples, noisy));
    this.#restored = new Evaluator(network, gather({ ...examples, labels: truth }, noisy));
  }

  /** The columns of a record. */
  async evaluate(parameters: Parameters, yielder?: Yielder): Promise<NoiseColumns> {
    const of = async (evaluator: Evaluator) => {
      const { accuracy } = await evaluator.evaluate(parameters, yielder);
      return Number.isNaN(accuracy) ? null : accuracy;
    };
    return {
      train_acc_clean: await of(this.#clean),
      train_acc_noisy: await of(this.#noisy),
      train_acc_restored: await of(this.#restored),
    };
  }
}
