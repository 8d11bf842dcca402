import * as tf from "@tensorflow/tfjs-core";
import { add } from "../elementwise/elementwise";
import { Tape } from "./tape";

/** What {@link valueAndGradients} gives. */
export interface ValueAndGradients<V, P extends object = Record<string, tf.Tensor>> {
  /** What the function returned. */
  value: V;
  /** The gradient of the loss for each parameter, by name, of the parameter's shape. */
  gradients: { [name in keyof P]: tf.Tensor };
}

/** Settings of {@link valueAndGradients}. */
export interface ValueAndGradientsOptions {
  /** Whether parameters that the loss does not depend on get zeros; default false, an error. */
  allowUnused?: boolean;
}

/**
 * Runs a loss function and gives the loss's gradient for each named tensor. Besides the loss the
 * function may return other tensors, which are kept as they are.
 *
 * A parameter that the loss does not depend on is an error, as in PyTorch's `autograd.grad`: most often
 * a part of the forward pass was computed before, where no tape recorded it.
 *
 * Unlike `tf.variableGrads` it works on plain tensors, so that parameters need no global names.
 *
 * @param parameters by name
 * @param f called once, under tfjs's tape; its `loss` is a scalar
 * @returns tensors that the caller disposes of
 * @throws TypeError if `f` returns no scalar `loss`; RangeError if that does not depend on one of the
 * parameters, unless that is allowed, or on none
 *
 * @example
 * const { value, gradients } = valueAndGradients({ w }, () => softmaxCrossEntropy(linear(x, w), labels));
 */
export function valueAndGradients<
  P extends Record<string, tf.Tensor>,
  V extends { loss: tf.Scalar } & Record<string, tf.Tensor>,
>(
  parameters: P,
  f: () => V,
  { allowUnused = false }: ValueAndGradientsOptions = {},
): ValueAndGradients<V, P> {
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
      requireUse(
        names,
        names.filter((_, i) => made[i] === undefined),
        allowUnused,
      );
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
  }) as unknown as ValueAndGradients<V, P>;
}

/** Refuses a loss that does not depend on parameters, as those would silently never learn. */
function requireUse(names: readonly string[], unused: readonly string[], allowed: boolean): void {
  if (unused.length === 0) return;
  const remedy = "compute it from them within the function that valueAndGradients is given";
  if (unused.length === names.length) {
    throw new RangeError(`The loss depends on none of ${names.join(", ")}: ${remedy}.`);
  }
  if (allowed) return;
  throw new RangeError(
    `The loss does not depend on ${unused.join(", ")}: ${remedy}, or let them have zeros by { allowUnused: true }.`,
  );
}

/** Refuses what a loss function returned unless it has a loss: a bare scalar, a promise, a vector. */
function requireLoss(value: unknown): void {
  const { loss } = (value ?? {}) as { loss?: unknown };
  if (loss instanceof tf.Tensor && loss.size === 1) return;
  throw new TypeError(
    `The function that valueAndGradients differentiates must return { loss }, a scalar tensor with a name; it returned ${returned(value, loss)}.`,
  );
}

function returned(value: unknown, loss: unknown): string {
  if (value instanceof tf.Tensor) return "a tensor itself";
  if (value instanceof Promise) return "a promise: read values before or after it, not within";
  if (loss instanceof tf.Tensor) return `a loss of shape [${loss.shape.join(", ")}]`;
  return "no loss";
}
