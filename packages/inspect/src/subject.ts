import type { Batch } from "@grok/data";
import type { CyclicGroup } from "@grok/metrics";
import type { Network } from "@grok/models";
import type * as tf from "@tensorflow/tfjs-core";

/** Parameters by name, as @grok/models names them. */
export type NamedParameters = Readonly<Record<string, tf.Tensor>>;

/** A trained network, and the examples that it is looked at on. */
export interface Subject {
  readonly network: Network;
  /** Only read. */
  readonly parameters: NamedParameters;
  /** Examples with labels; of a finite task all of them (`dataset()` of @grok/data). */
  readonly examples: Batch;
  /** Tokens of an example. */
  readonly length: number;
  /** Positions whose logits are answers, ascending. */
  readonly answerPositions: readonly number[];
  /** The examples trained on, as rows of `examples`; default none. */
  readonly train?: Int32Array;
  /** The cyclic group in which the task is an addition, for its frequencies (`cyclicGroup` of @grok/metrics). */
  readonly group?: CyclicGroup | null;
  /** The token of element 0, in an embedding that all operands share; default 0. */
  readonly firstToken?: number;
  /** Mean loss and right examples of a batch; default cross-entropy. */
  readonly loss?: (
    logits: tf.Tensor2D,
    labels: tf.Tensor1D,
  ) => { loss: tf.Scalar; correct: tf.Scalar | null };
}

/** @throws RangeError if the examples have no labels or `train` is not among them */
export function checkSubject({ examples, answerPositions, train }: Subject): void {
  const { size, labels } = examples;
  if (labels.length !== size * answerPositions.length || size === 0) {
    throw new RangeError(
      `the examples have ${labels.length} labels: ${size} examples with ${answerPositions.length} answers need ${size * answerPositions.length}, and at least one`,
    );
  }
  const wrong = train?.find((row) => !(row >= 0 && row < size));
  if (wrong !== undefined) {
    throw new RangeError(`example ${wrong} is trained on, but there are ${size}, from 0`);
  }
}

/** Whether the examples are all pairs of a cyclic group, so that neurons have frequencies. */
export function hasAllPairs(
  subject: Subject,
): subject is Subject & { readonly group: CyclicGroup } {
  const { group, examples } = subject;
  return group !== null && group !== undefined && examples.size >= group.order ** 2;
}
