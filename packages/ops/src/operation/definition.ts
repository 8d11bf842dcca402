import type * as tf from "@tensorflow/tfjs-core";

/** Tensors by the name under which a kernel takes them. */
export type NamedTensors = Record<string, tf.Tensor>;

/** A kernel's settings: plain data, so that any backend can take them. */
export type Attributes = object;

/** What a kernel takes: its inputs by name, and its settings. */
export interface KernelContract<I extends object = object, A extends Attributes = object> {
  readonly inputs: I;
  readonly attributes: A;
}

/** What defines an operation. `I` names its inputs, `A` its attributes. */
export interface OperationDefinition<I extends object, A extends Attributes> {
  /** The kernel's name in tfjs's registry, e.g. `GrokLinear`. */
  name: string;
  /** The same computation in stock tfjs operations; returns the outputs in the kernel's order. */
  reference: (inputs: I, attributes: A) => tf.Tensor[];
  /**
   * How many of the outputs the caller sees; those behind them are only there for the gradient.
   * All of them by default.
   */
  visible?: number;
  /**
   * The gradients of the inputs, by name, given those of the visible outputs; inputs that have none
   * (integers, say) are left out. Absent for operations that are not differentiated.
   */
  gradient?: (
    dys: tf.Tensor[],
    saved: { inputs: I; outputs: tf.Tensor[]; has: (input: string) => boolean },
    attributes: A,
  ) => Record<string, tf.Tensor | undefined>;
  /** Which inputs and outputs the gradient reads: the others reach it undefined. All by default. */
  saves?: { inputs?: (keyof I & string)[]; outputs?: number[] };
  /** The multiply-adds of its matrix products and attention, see `countMultiplyAdds`; default none. */
  multiplyAdds?: (inputs: I, attributes: A) => number;
}

/** An operation that runs on whatever tfjs backend is current. */
export type Operation<I extends object, A extends Attributes> = (
  inputs: I,
  attributes: A,
) => tf.Tensor[];
