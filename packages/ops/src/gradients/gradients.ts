import * as tf from "@tensorflow/tfjs-core";
import { add } from "../elementwise/elementwise";
import { Tape } from "./tape";

/** What {@link gradientsOf} gives. */
export interface GradientsOf<V> {
  /** What the function returned. */
  value: V;
  /** The gradient of the loss for each parameter, by name, of the parameter's shape. */
  gradients: Record<string, tf.Tensor>;
}

/**
 * Runs a loss function and gives the loss's gradient for each named tensor; parameters that the loss
 * does not depend on get zeros. Besides the loss the function may return other tensors, which are
 * kept as they are.
 *
 * Unlike `tf.variableGrads` it works on plain tensors, so that parameters need no global names.
 *
 * @param parameters by name
 * @param f called once, under tfjs's tape; its `loss` is a scalar
 * @returns tensors that the caller disposes of
 * @throws TypeError if `f` returns no scalar `loss`; RangeError if that depends on no parameter, as
 * when the forward pass was computed before
 *
 * @example
 * const { value, gradients } = gradientsOf({ w }, () => softmaxCrossEntropy(linear(x, w), labels));
 */
export function gradientsOf<V extends { loss: tf.Scalar } & Record<string, tf.Tensor>>(
  parameters: Record<string, tf.Tensor>,
  f: () => V,
): GradientsOf<V> {
  const names = Object.keys(parameters);
  const tensors = Object.values(parameters);
  return tf.tidy(() => {
    const tape = new Tape(tensors);
    let value: V | undefined;
    try {
      tape.record(() =>
        tf.tidy(() => {
          value = f();
          requireLoss(value);
          // What the scope would dispose of is handed to the caller.
          for (const tensor of Object.values(value)) tape.handOver(tensor);
        }),
      );
      const made = tape.gradients((value as unknown as V).loss, tensors, add);
      if (names.length > 0 && made.every((gradient) => gradient == null)) {
        throw new RangeError(
          `The loss depends on none of ${names.join(", ")}: compute it from them within the function that gradientsOf is given.`,
        );
      }
      const gradients = Object.fromEntries(
        names.map((name, i) => [name, made[i] ?? tf.zerosLike(tensors[i] as tf.Tensor)]),
      );
      return { value, gradients };
    } catch (error) {
      tf.dispose(value);
      throw error;
    } finally {
      tape.free();
    }
  }) as GradientsOf<V>;
}

/** Refuses what a loss function returned unless it has a loss: a bare scalar, a promise, a vector. */
function requireLoss(value: unknown): void {
  const { loss } = (value ?? {}) as { loss?: unknown };
  if (loss instanceof tf.Tensor && loss.size === 1) return;
  throw new TypeError(
    `The function that gradientsOf differentiates must return { loss }, a scalar tensor with a name; it returned ${returned(value, loss)}.`,
  );
}

function returned(value: unknown, loss: unknown): string {
  if (value instanceof tf.Tensor) return "a tensor itself";
  if (value instanceof Promise) return "a promise: read values before or after it, not within";
  if (loss instanceof tf.Tensor) return `a loss of shape [${loss.shape.join(", ")}]`;
  return "no loss";
}
