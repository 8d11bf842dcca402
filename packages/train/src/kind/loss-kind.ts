import type { TaskShape } from "@grok/data";
import type * as tf from "@tensorflow/tfjs-core";
import type { Kind, Settings, Shape } from "./kind";

/**
 * A loss of outputs [size · answerPositions, classes] and labels [size · answerPositions], int32, by operations with
 * gradients: its mean, and how many examples are right, of which all answers must be.
 */
export type Loss = (
  outputs: tf.Tensor2D,
  labels: tf.Tensor1D,
) => { loss: tf.Scalar; correct: tf.Scalar };

/** A loss of outputs and real-valued targets, both [size, values], by operations with gradients: its mean. */
export type TargetLoss = (outputs: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar;

/** A loss of real-valued answers, and what it is measured against. */
export interface TargetLosses {
  readonly loss: TargetLoss;
  /**
   * The loss of always giving the best constant answer, of targets [size · values]: what the network
   * explains is 1 − loss / baseline. Null if there is no such measure.
   */
  baseline(targets: Float32Array, values: number): number | null;
}

/** A kind of loss: what training makes small. Its settings lie beside `training.loss`. */
export interface LossKind<N extends string = string, S extends Shape = Shape> extends Kind<N, S> {
  /** The unit of its values: `nats`; null if they have none. */
  readonly unit: string | null;
  /** The form of its gradients, if it is one that measures of gradients know; else null. */
  readonly gradients: "softmax" | null;
  /** The loss of an experiment whose answers are labels, for answers of this shape. */
  build(settings: Settings<S>, shape: TaskShape): Loss;
  /** The loss of an experiment whose answers are real numbers; without it the kind is not for those. */
  ofTargets?(settings: Settings<S>, shape: TaskShape): TargetLosses;
}
