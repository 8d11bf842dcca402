import type { Parameters } from "@grok/models";
import {
  disposeState,
  exportState,
  type Optimizer,
  type OptimizerState,
  restoreState,
} from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";
import type { Assembly } from "../experiment/assembly";
import type { Checkpoint } from "../run/checkpoint";
import type { StoredTensor } from "../safetensors/format";
import { DivergenceError } from "./divergence";
import type { Network, StepResult, TrainBatch } from "./network";
import type { ComputedStep } from "./step-ahead";

/** What training changes: parameters and the optimizer's state. */
export class RunState {
  readonly parameters: Parameters;
  readonly #optimizer: Optimizer;
  readonly #state: OptimizerState;

  private constructor(parameters: Parameters, optimizer: Optimizer, state: OptimizerState) {
    this.parameters = parameters;
    this.#optimizer = optimizer;
    this.#state = state;
  }

  /** The state before the first step. */
  static initial(assembly: Assembly, network: Network): RunState {
    const parameters = network.model.initialise(assembly.experiment.seed);
    const optimizer = assembly.optimizer();
    return new RunState(parameters, optimizer, optimizer.initialise(parameters));
  }

  /** The state of a checkpoint of the experiment; see `checkCheckpoint`. */
  static restored(assembly: Assembly, checkpoint: Checkpoint): RunState {
    const parameters: Parameters = {};
    for (const [name, { shape, data }] of checkpoint.parameters) {
      // A copy, because some backends take the array itself for their memory.
      parameters[name] = tf.keep(tf.tensor(data.slice(), [...shape], "float32"));
    }
    const optimizer = assembly.optimizer();
    try {
      const state = restoreState(optimizer, parameters, checkpoint.optimizer);
      return new RunState(parameters, optimizer, state);
    } catch (error) {
      tf.dispose(parameters);
      throw error;
    }
  }

  /**
   * Makes a step, counted from 0; the scalars are the caller's.
   *
   * @param computed its gradients, if an evaluation has computed them already
   */
  step(
    network: Network,
    examples: TrainBatch,
    step: number,
    computed: ComputedStep | null = null,
  ): StepResult {
    const { value, gradients } = computed ?? network.gradients(this.parameters, examples, step);
    this.#optimizer.step(this.parameters, gradients, this.#state, step);
    tf.dispose(gradients);
    return value;
  }

  /**
   * Reads everything, to be saved.
   *
   * @throws DivergenceError if a parameter is not finite: such a state is not worth keeping
   */
  async export(step: number): Promise<Pick<Checkpoint, "parameters" | "optimizer">> {
    const parameters = await exportState(this.parameters);
    const optimizer = await exportState(this.#state);
    checkFinite("Parameter", parameters, step);
    checkFinite("The optimizer's", optimizer, step);
    return { parameters, optimizer };
  }

  dispose(): void {
    tf.dispose(this.parameters);
    disposeState(this.#state);
  }
}

function checkFinite(what: string, tensors: Map<string, StoredTensor>, step: number): void {
  for (const [name, { data }] of tensors) {
    for (const value of data) {
      if (!Number.isFinite(value)) throw new DivergenceError(`${what} ${name}`, value, step);
    }
  }
}
