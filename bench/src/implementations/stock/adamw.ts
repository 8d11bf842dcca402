import type { OptimizerConfig } from "@grok/optim";
import { createSchedule, type Schedule } from "@grok/optim";
import * as tf from "@tensorflow/tfjs";

/** `tf.train.adam`, preceded by decoupled weight decay. */
export class AdamW {
  readonly #adam: tf.AdamOptimizer;
  readonly #variables: tf.Variable[];
  readonly #config: OptimizerConfig & { kind: "adamw" };
  readonly #schedule: Schedule;
  #steps = 0;

  constructor(config: OptimizerConfig, variables: tf.Variable[]) {
    if (config.kind !== "adamw" || (config.filters ?? []).length > 0) {
      throw new RangeError(`optimizer ${config.kind} with filters is not written here`);
    }
    const { learningRate, beta1, beta2, eps } = config;
    this.#adam = tf.train.adam(learningRate, beta1, beta2, eps);
    this.#config = config;
    this.#schedule = createSchedule(config.schedule ?? { kind: "constant" });
    this.#variables = variables;
  }

  step(gradients: tf.NamedTensorMap): void {
    const { learningRate, beta1 = 0.9, beta2 = 0.999, biasCorrection, decay } = this.#config;
    const rate = learningRate * this.#schedule(this.#steps++);
    const kept = 1 - rate * (decay?.rate ?? 0.01);
    for (const variable of this.#variables) variable.assign(tf.mul(variable, kept));
    // tf.train.adam always corrects its means; where the workload does not, the rate takes it back.
    const correction =
      biasCorrection === false
        ? (1 - beta1 ** this.#steps) / Math.sqrt(1 - beta2 ** this.#steps)
        : 1;
    (this.#adam as unknown as { learningRate: number }).learningRate = rate * correction;
    this.#adam.applyGradients(gradients as Parameters<tf.AdamOptimizer["applyGradients"]>[0]);
  }
}
