import type * as tf from "@tensorflow/tfjs-core";

/** A network's parameters by name. An optimizer replaces the entries. */
export type Parameters = Record<string, tf.Tensor>;

/** The loss's gradient for each parameter, by the parameter's name and of its shape. */
export type Gradients = Readonly<Record<string, tf.Tensor>>;

/**
 * What an optimizer remembers between steps: tensors under flat names that say what they are, such
 * as `adamW.m.layers.0.attention.query.weight`. Its tensors outlive every tidy scope;
 * `disposeState` frees them.
 */
export type OptimizerState = Record<string, tf.Tensor>;

/** A rule by which gradients change parameters. */
export interface Optimizer {
  /** The state before the first step, for parameters of these names and shapes. */
  initialise(parameters: Readonly<Parameters>): OptimizerState;
  /**
   * Makes one step: replaces the entries of `parameters` and `state`. The gradients are only read;
   * they stay the caller's to dispose of.
   *
   * On a backend with fast kernels an entry may stay the same tensor and have new values; elsewhere
   * it is a new tensor, and the old one is disposed of. Hold on to an old value by a `tf.clone`.
   *
   * @param step index of the step, counted from 0. All that depends on time depends on this alone,
   *   so steps must come in order, one by one, from 0 or from where the state was saved
   * @throws RangeError if names or shapes of parameters, gradients and state do not fit, or the
   *   step is no index
   */
  step(parameters: Parameters, gradients: Gradients, state: OptimizerState, step: number): void;
}

/** A rule that changes gradients before an optimizer sees them. */
export interface GradientFilter {
  /** The state before the first step; empty for a filter without memory. */
  initialise(parameters: Readonly<Parameters>): OptimizerState;
  /**
   * Gives the changed gradients and replaces the entries of `state`. Gradients and parameters are
   * only read. The filter runs inside a tidy scope, which frees what it makes.
   */
  apply(
    gradients: Gradients,
    parameters: Readonly<Parameters>,
    state: OptimizerState,
    step: number,
  ): Gradients;
}
