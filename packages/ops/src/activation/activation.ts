import * as tf from "@tensorflow/tfjs-core";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";
import { type ActivationKind, activationKinds } from "./activation-kind";

const geluScale = Math.sqrt(2 / Math.PI);
const geluCubic = 0.044715;

/** `kind` of each element, in stock tfjs operations. */
export function activationReference(x: tf.Tensor, kind: ActivationKind): tf.Tensor {
  switch (kind) {
    case "none":
      return x.clone();
    case "relu":
      return tf.relu(x);
    case "gelu":
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(geluInner(x)), 1));
    case "silu":
      return tf.mul(x, tf.sigmoid(x));
    case "tanh":
      return tf.tanh(x);
    case "square":
      return tf.square(x);
    default:
      throw unknownActivation(kind);
  }
}

/**
 * `dy` times the derivative of `kind`, in stock tfjs operations.
 *
 * @param dy the gradient of the activation's output
 * @param at the pre-activation; for relu its output does as well (see {@link savesPreactivation})
 */
export function activationGradientReference(
  dy: tf.Tensor,
  at: tf.Tensor,
  kind: ActivationKind,
): tf.Tensor {
  switch (kind) {
    case "none":
      return dy.clone();
    case "relu":
      return tf.mul(dy, tf.step(at));
    case "gelu": {
      const t = tf.tanh(geluInner(at));
      const inner = tf.mul(tf.add(tf.mul(tf.square(at), 3 * geluCubic), 1), geluScale);
      const slope = tf.mul(tf.mul(tf.sub(1, tf.square(t)), inner), at);
      return tf.mul(dy, tf.mul(tf.add(tf.add(t, 1), slope), 0.5));
    }
    case "silu": {
      const s = tf.sigmoid(at);
      return tf.mul(dy, tf.mul(s, tf.add(tf.mul(at, tf.sub(1, s)), 1)));
    }
    case "tanh":
      return tf.mul(dy, tf.sub(1, tf.square(tf.tanh(at))));
    case "square":
      return tf.mul(dy, tf.mul(at, 2));
    default:
      throw unknownActivation(kind);
  }
}

/** Whether the derivative needs the pre-activation; relu's and the identity's are told by the output. */
export function savesPreactivation(kind: ActivationKind): boolean {
  return kind !== "none" && kind !== "relu";
}

/** Throws unless `kind` is an activation. */
export function checkActivation(kind: ActivationKind): void {
  if (!activationKinds.includes(kind)) throw unknownActivation(kind);
}

function geluInner(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), geluCubic)), geluScale);
}

function unknownActivation(kind: unknown): RangeError {
  return new RangeError(
    `unknown activation ${JSON.stringify(kind)}: allowed are ${activationKinds.join(", ")}`,
  );
}

/** The kernels of {@link activate}. */
export interface ActivationKernels<T = tf.Tensor> {
  GrokActivate: KernelContract<{ x: T }, { activation: ActivationKind }>;
  GrokActivateGrad: KernelContract<{ x: T; dy: T }, { activation: ActivationKind }>;
}

const activateGradient = defineOperation<ActivationKernels["GrokActivateGrad"]>({
  name: "GrokActivateGrad",
  reference: ({ x, dy }, { activation }) => [activationGradientReference(dy, x, activation)],
});

const activateOperation = defineOperation<ActivationKernels["GrokActivate"]>({
  name: "GrokActivate",
  reference: ({ x }, { activation }) => [activationReference(x, activation)],
  saves: { outputs: [] },
  gradient: ([dy], { inputs }, attributes) => ({
    x: activateGradient({ x: inputs.x, dy: dy as tf.Tensor }, attributes)[0] as tf.Tensor,
  }),
});

/**
 * Applies a nonlinearity to each element.
 *
 * relu(x) = max(x, 0); silu(x) = x·σ(x) (Elfwing et al. 2017); square(x) = x² (Gromov 2023);
 * gelu(x) = x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))), the tanh form of Hendrycks & Gimpel 2016.
 *
 * @param x any shape
 * @returns the shape of `x`
 * @throws RangeError for an unknown kind
 */
export function activate<T extends tf.Tensor>(x: T, kind: ActivationKind): T {
  checkActivation(kind);
  return activateOperation({ x }, { activation: kind })[0] as T;
}
