import type { Batch, TrainingData } from "@grok/data";
import type { Experiment } from "../experiment/experiment";
import type { Network, TrainBatch } from "./network";

/** A run's batches, ready for its network. The full batch, the same at every step, is made ready once. */
export class Batches {
  readonly #data: TrainingData;
  readonly #network: Network;
  readonly #isFull: boolean;
  #kept: { examples: Batch; ready: TrainBatch } | undefined;

  constructor(experiment: Experiment, data: TrainingData, network: Network) {
    this.#data = data;
    this.#network = network;
    this.#isFull = experiment.training.batch.mode === "full";
  }

  /** Gives a step's batch to `take`, and frees it unless it is kept for the next step. */
  with<T>(step: number, take: (ready: TrainBatch) => T): T {
    const examples = this.#data.batch(step);
    if (this.#isFull) return take(this.#keep(examples));
    const ready = this.#network.prepare(examples);
    try {
      return take(ready);
    } finally {
      ready.answers.dispose();
    }
  }

  dispose(): void {
    this.#kept?.ready.answers.dispose();
    this.#kept = undefined;
  }

  #keep(examples: Batch): TrainBatch {
    if (this.#kept?.examples !== examples) {
      this.dispose();
      this.#kept = { examples, ready: this.#network.prepare(examples) };
    }
    return this.#kept.ready;
  }
}
