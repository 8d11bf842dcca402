import * as tf from "@tensorflow/tfjs-core";
import { activationGradientReference, activationReference } from "../activation/activation";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** The kernels of {@link swiglu}. */
export interface SwigluKernels<T = tf.Tensor> {
  GrokSwiglu: KernelContract<{ gate: T; up: T }>;
  GrokSwigluGrad: KernelContract<{ gate: T; up: T; dy: T }>;
}

const swigluGradient = defineOperation<SwigluKernels["GrokSwigluGrad"]>({
  name: "GrokSwigluGrad",
  reference: ({ gate, up, dy }) => [
    activationGradientReference(tf.mul(dy, up), gate, "silu"),
    tf.mul(dy, activationReference(gate, "silu")),
  ],
});

const swigluOperation = defineOperation<SwigluKernels["GrokSwiglu"]>({
  name: "GrokSwiglu",
  reference: ({ gate, up }) => [tf.mul(activationReference(gate, "silu"), up)],
  saves: { outputs: [] },
  gradient: ([dy], { inputs }) => {
    const [dGate, dUp] = swigluGradient({ ...inputs, dy: dy as tf.Tensor }, {});
    return { gate: dGate, up: dUp };
  },
});

/**
 * The gated unit silu(gate)·up (Shazeer 2020).
 *
 * @param gate [n, h]
 * @param up [n, h]
 * @returns [n, h]
 * @throws RangeError if the shapes differ
 */
export function swiglu(gate: tf.Tensor, up: tf.Tensor): tf.Tensor2D {
  if (gate.shape.join() !== up.shape.join()) {
    throw new RangeError(`swiglu: gate [${gate.shape}] and up [${up.shape}] must have one shape`);
  }
  return swigluOperation({ gate, up }, {})[0] as tf.Tensor2D;
}
