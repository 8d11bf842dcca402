import type { Score } from "@grok/metrics";
import type { Parameters } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import type { Experiment } from "../experiment/experiment";
import type { Network, StepResult, TrainBatch } from "./network";

/** A step's loss, right answers and gradients. */
export type ComputedStep = ReturnType<Network["gradients"]>;

/**
 * The next step's gradients, computed at an evaluation already. With the full batch and without dropout
 * a step's forward pass is that of the whole training set, so that an evaluation has its training
 * metrics from there, and the set is passed once instead of twice.
 */
export class StepAhead {
  readonly #network: Network;
  #computed: ComputedStep | null = null;

  private constructor(network: Network) {
    this.#network = network;
  }

  /** Null if a step's examples are not the training set, or training drops features out. */
  static of({ training }: Experiment, network: Network): StepAhead | null {
    const isSame = training.batch.mode === "full" && training.trainMetric === "full";
    return isSame && !network.hasDropout ? new StepAhead(network) : null;
  }

  /** The training set's score, from the forward pass of the step that is to come. */
  async score(
    parameters: Parameters,
    examples: TrainBatch,
    step: number,
  ): Promise<Pick<Score, "loss" | "accuracy">> {
    this.dispose();
    this.#computed = this.#network.gradients(parameters, examples, step);
    const { loss, correct } = this.#computed.value;
    const [[mean], counted] = await Promise.all([loss.data(), correct?.data()]);
    const accuracy = counted === undefined ? Number.NaN : (counted[0] as number) / examples.size;
    return { loss: mean as number, accuracy };
  }

  /** The step, which is then the caller's; null if none was computed since the last. */
  take(): ComputedStep | null {
    const computed = this.#computed;
    this.#computed = null;
    return computed;
  }

  dispose(): void {
    const computed = this.take();
    if (computed === null) return;
    const { loss, correct }: StepResult = computed.value;
    tf.dispose([loss, correct ?? [], computed.gradients]);
  }
}
